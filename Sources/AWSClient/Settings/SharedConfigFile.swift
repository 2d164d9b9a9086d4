internal import Foundation

/// AWS's shared `config` and `credentials` files, read into profiles, SSO sessions and service sections.
struct SharedConfigFile: Sendable, Equatable {
    /// A section's settings, lower-case names to values.
    typealias Section = [String: String]

    var profiles: [String: Section] = [:]
    var ssoSessions: [String: Section] = [:]
    /// By the section's name, then by the service's.
    var services: [String: [String: Section]] = [:]

    private enum Heading {
        case profile(String)
        case ssoSession(String)
        case services(String)
        case unknown
    }

    /// Adds what `text` says; a later file's settings win over an earlier one's, one by one.
    ///
    /// - Parameters:
    ///   - file: its name for messages.
    ///   - isCredentials: the credentials file names profiles bare, the config file with `profile ` in front.
    /// - Throws: ``AWSError`` of kind `configuration` with the line that is wrong.
    mutating func add(_ text: String, file: String, isCredentials: Bool) throws(AWSError) {
        var heading = Heading.unknown
        var parent: String?
        var isFirstSection = true
        // `[profile default]` wins over `[default]` wherever both stand.
        var hasPrefixedDefault = false
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmingSuffix { $0.isWhitespace }
            guard let first = line.first, first != "#", first != ";" else { continue }
            if first == "[" {
                guard let end = line.firstIndex(of: "]") else {
                    throw Self.wrong(file, index, "has no closing bracket")
                }
                let name = line[line.index(after: line.startIndex)..<end]
                heading = Self.heading(name, isCredentials: isCredentials)
                if case .profile("default") = heading, !isCredentials {
                    let isPrefixed = name.hasPrefix("profile")
                    if isPrefixed && !hasPrefixedDefault { profiles["default"] = nil }
                    if !isPrefixed && hasPrefixedDefault { heading = .unknown }
                    hasPrefixedDefault = hasPrefixedDefault || isPrefixed
                }
                open(heading)
                parent = nil
                isFirstSection = false
                continue
            }
            if first.isWhitespace, let parent {
                addNested(Self.setting(line, lowercases: true), under: parent, heading)
                continue
            }
            guard let (name, value) = Self.setting(line, lowercases: true) else {
                throw Self.wrong(file, index, "is neither a [section] nor a setting = value")
            }
            if isFirstSection { throw Self.wrong(file, index, "stands before the first [section]") }
            parent = name
            set(name, value, heading)
        }
    }

    private static func heading(_ bracketed: Substring, isCredentials: Bool) -> Heading {
        let words = bracketed.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        let name = words.count > 1 ? words[1].trimmed : ""
        switch words.first {
        case "profile" where !isCredentials && !name.isEmpty: return .profile(name)
        case "sso-session" where !isCredentials && !name.isEmpty: return .ssoSession(name)
        case "services" where !isCredentials && !name.isEmpty: return .services(name)
        case "default" where words.count == 1: return .profile("default")
        default: return isCredentials ? .profile(bracketed.trimmed) : .unknown
        }
    }

    private mutating func open(_ heading: Heading) {
        switch heading {
        case .profile(let name): profiles[name, default: [:]] = profiles[name] ?? [:]
        case .ssoSession(let name): ssoSessions[name] = ssoSessions[name] ?? [:]
        case .services(let name): services[name] = services[name] ?? [:]
        case .unknown: break
        }
    }

    private mutating func set(_ name: String, _ value: String, _ heading: Heading) {
        switch heading {
        case .profile(let profile): profiles[profile, default: [:]][name] = value
        case .ssoSession(let session): ssoSessions[session, default: [:]][name] = value
        case .services(let section): services[section, default: [:]][name] = [:]
        case .unknown: break
        }
    }

    /// An indented line belongs to the setting above it, as `s3 =` holds settings of its own.
    private mutating func addNested(_ setting: (name: String, value: String)?, under parent: String, _ heading: Heading)
    {
        guard let setting, case .services(let section) = heading else { return }
        services[section, default: [:]][parent, default: [:]][setting.name] = setting.value
    }

    private static func setting(_ line: Substring, lowercases: Bool) -> (name: String, value: String)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let name = line[..<equals].trimmed
        guard !name.isEmpty else { return nil }
        var value = line[line.index(after: equals)...]
        // A comment needs white space in front: secrets and URLs hold `#` and `;` too.
        for mark in [" #", " ;", "\t#", "\t;"] {
            if let comment = value.range(of: mark) { value = value[..<comment.lowerBound] }
        }
        return (lowercases ? name.lowercased() : name, value.trimmed)
    }

    private static func wrong(_ file: String, _ index: Int, _ problem: String) -> AWSError {
        AWSError(
            code: "invalidSharedConfig",
            message: "line \(index + 1) of \(file) \(problem)",
            kind: .configuration
        )
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while matches: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, matches(last) { rest.removeLast() }
        return rest
    }

    fileprivate var trimmed: String {
        String(trimmingSuffix(while: \.isWhitespace).drop(while: \.isWhitespace))
    }
}
