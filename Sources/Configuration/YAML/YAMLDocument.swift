internal import AutoTagger
internal import Yams

/// One YAML file being read, with every mistake found in it so far.
///
/// Reading goes on after a mistake, so that a person gets them all at once.
final class YAMLDocument {
    /// The file's name, for messages.
    let file: String
    private(set) var problems: [ConfigurationError.Problem] = []

    init(file: String) { self.file = file }

    /// The file's top-level mapping; an empty file is an empty mapping.
    ///
    /// - Throws: ``ConfigurationError`` when the text is no YAML or no mapping.
    func root(of text: String) throws(ConfigurationError) -> YAMLMapping {
        let node: Node?
        do {
            // Without guesses at types: every reader here says what it takes, and guessing costs a dozen regular
            // expressions a scalar, at every cold start.
            node = try Yams.compose(yaml: text, .basic)
        } catch {
            throw ConfigurationError([problem(in: error)])
        }
        guard let node else { return YAMLMapping(self, Node([] as [(Node, Node)], .implicit)) }
        guard node.mapping != nil else {
            throw ConfigurationError([
                .init(
                    file: file, line: 1, column: 1, message: "a mapping of settings was expected, 'key: value' a line")
            ])
        }
        return YAMLMapping(self, node)
    }

    func report(_ message: String, at node: Node?) {
        problems.append(.init(file: file, line: node?.mark?.line, column: node?.mark?.column, message: message))
    }

    /// Throws everything that was found, if anything was, in the order of the file.
    func finish() throws(ConfigurationError) {
        if problems.isEmpty { return }
        let sorted = problems.enumerated().sorted { left, right in
            let (first, second) = (left.element, right.element)
            return (first.line ?? 0, first.column ?? 0, left.offset) < (
                second.line ?? 0, second.column ?? 0, right.offset
            )
        }
        throw ConfigurationError(sorted.map(\.element))
    }

    private func problem(in error: any Error) -> ConfigurationError.Problem {
        guard let error = error as? YamlError else {
            return .init(file: file, message: "not YAML: \(error)")
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return .init(file: file, line: mark.line, column: mark.column, message: "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return .init(
                file: file, line: context.mark.line, column: context.mark.column,
                message: "written twice: \(duplicates.map { "'\($0)'" }.joined(separator: ", "))")
        default:
            return .init(file: file, message: "not YAML: \(error)")
        }
    }
}
