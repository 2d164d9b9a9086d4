internal import AutoTagger
internal import CloudTrail

/// Where an ARN comes from: a path, a template, or several of them with `??` between, of which the first one that finds
/// anything counts.
///
/// A second one is for the calls whose response CloudTrail writes as `null` although they succeeded.
struct ARNSource: Sendable {
    enum Alternative: Sendable {
        case path(FieldPath)
        case template(Template)
    }

    let alternatives: [Alternative]

    /// Whether an id of its own must be there for one of the templates.
    var needsID: Bool {
        alternatives.contains { if case .template(let template) = $0 { template.names.contains("id") } else { false } }
    }

    /// The paths in it, those in its templates included.
    var paths: [FieldPath] {
        alternatives.flatMap { alternative in
            switch alternative {
            case .path(let path): [path]
            case .template(let template): template.names.compactMap { DeclaredPath($0)?.path }
            }
        }
    }

    /// Reads the text.
    ///
    /// - Throws: ``Template/Mistake`` for what is neither a path nor a template.
    init(_ text: String) throws(Template.Mistake) {
        var alternatives: [Alternative] = []
        for part in Self.split(text) {
            if part.hasPrefix("arn:") || part.contains("${") {
                alternatives.append(.template(try Template(part, check: DeclaredHandler.mistake)))
            } else if let path = DeclaredPath(part), path.filter == nil {
                alternatives.append(.path(path.path))
            } else {
                throw Template.Mistake(message: DeclaredPath.mistake(in: part))
            }
        }
        self.alternatives = alternatives
    }

    /// Splits at `??`, but not inside `${…}`, where it means something else.
    private static func split(_ text: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var isInside = false
        for character in text {
            if character == "{" { isInside = true }
            if character == "}" { isInside = false }
            current.append(character)
            if !isInside, current.hasSuffix("??") {
                parts.append(String(current.dropLast(2)))
                current = ""
            }
        }
        return (parts + [current]).map { String($0.trimmingPrefix { $0 == " " }).trimmingSpaces }
    }
}

extension String {
    /// Without spaces at the end.
    fileprivate var trimmingSpaces: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
