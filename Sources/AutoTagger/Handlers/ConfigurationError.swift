/// What is wrong with the settings or with a handler's declaration: all of it, each with its place.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One mistake.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// The file it stands in; `nil` when it is no file's fault.
        public let file: String?
        /// The line, from 1.
        public let line: Int?
        /// The column, from 1.
        public let column: Int?
        /// What is wrong and what would be right.
        public let message: String

        /// A mistake with its place, as far as it is known.
        public init(file: String? = nil, line: Int? = nil, column: Int? = nil, message: String) {
            self.file = file
            self.line = line
            self.column = column
            self.message = message
        }

        /// `file:line:column: message`, which editors and CI turn into links.
        public var description: String {
            let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
            return place.isEmpty ? message : place.joined(separator: ":") + ": " + message
        }
    }

    /// Every mistake that was found.
    public let problems: [Problem]

    /// An error with all its mistakes.
    public init(_ problems: [Problem]) { self.problems = problems }

    /// An error with one mistake and no place.
    public init(_ message: String) { problems = [Problem(message: message)] }

    /// One mistake a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
