public import Foundation
internal import Locking

/// Reads a file by its path: `nil` when there is none.
public typealias AWSFileReader = @Sendable (String) throws -> Data?

/// The environment and the shared files, the latter read once and only when something asks.
final class SharedSettings: Sendable {
    let environment: [String: String]
    let readFile: AWSFileReader
    private let wantedProfile: String?
    private let loaded = Locked<SharedConfigFile?>(nil)

    init(environment: [String: String], profile: String?, readFile: @escaping AWSFileReader) {
        self.environment = environment
        self.readFile = readFile
        wantedProfile = profile
    }

    /// The profile in use.
    var profileName: String { wantedProfile ?? nonEmpty("AWS_PROFILE") ?? nonEmpty("AWS_DEFAULT_PROFILE") ?? "default" }

    /// Whether somebody named a profile; then it must exist.
    var isProfileNamed: Bool { wantedProfile != nil || nonEmpty("AWS_PROFILE") != nil }

    /// A variable's value; an empty one counts as absent, as in AWS's own tools.
    func nonEmpty(_ name: String) -> String? {
        environment[name].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    /// The home folder, where `~` points.
    var home: String { nonEmpty("HOME") ?? "" }

    /// The path that a setting names, with `~` filled in.
    func expand(_ path: String) -> String {
        path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    }

    var configPath: String { expand(nonEmpty("AWS_CONFIG_FILE") ?? "~/.aws/config") }
    var credentialsPath: String { expand(nonEmpty("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials") }

    /// Both files as one; where both name a setting of one profile the credentials file wins.
    ///
    /// - Throws: ``AWSError`` of kind `configuration` when one cannot be read or makes no sense.
    func file() throws(AWSError) -> SharedConfigFile {
        if let known = loaded.withLock({ $0 }) { return known }
        var file = SharedConfigFile()
        if let text = try text(of: configPath) { try file.add(text, file: configPath, isCredentials: false) }
        if let text = try text(of: credentialsPath) { try file.add(text, file: credentialsPath, isCredentials: true) }
        loaded.withLock { $0 = file }
        return file
    }

    /// The profile in use, or `nil` when the files have none of that name.
    func profile() throws(AWSError) -> SharedConfigFile.Section? {
        try file().profiles[profileName]
    }

    /// A yes-or-no setting from its variable or else from the profile.
    func flag(_ variable: String, _ setting: String) throws(AWSError) -> Bool {
        if let value = nonEmpty(variable) { return value.lowercased() == "true" }
        return try profile()?[setting]?.lowercased() == "true"
    }

    private func text(of path: String) throws(AWSError) -> String? {
        do {
            return try readFile(path).map { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw AWSError(
                code: "unreadableSharedConfig",
                message: "\(path) exists but cannot be read; check its permissions",
                kind: .configuration
            )
        }
    }
}
