public import Foundation

/// The files that a person named: themselves, the log files inside a folder, or standard input.
public enum InputFiles {
    /// One place to read from.
    public enum Input: Sendable, Hashable, CustomStringConvertible {
        /// Standard input, written `-`.
        case standardInput
        /// A file.
        case file(String)

        /// The name to put before messages.
        public var description: String {
            switch self {
            case .standardInput: "standard input"
            case .file(let path): path
            }
        }
    }

    /// Why an input cannot be read.
    public struct Unreadable: Error, Sendable, Hashable, CustomStringConvertible {
        /// What cannot be read, and why.
        public let description: String
    }

    /// What CloudTrail's own log files and people's exports are called.
    private static let endings = [".json", ".ndjson", ".json.gz", ".ndjson.gz", ".jsonl"]

    /// The inputs behind paths; a folder stands for the log files anywhere below it, in the order of their names.
    ///
    /// - Throws: ``Unreadable`` for a path that does not exist, before anything else is done.
    public static func resolve(_ paths: [String]) throws(Unreadable) -> [Input] {
        var inputs: [Input] = []
        for path in paths { inputs += try resolve(path) }
        return inputs
    }

    /// The inputs behind one path, as ``resolve(_:)-([String])`` finds them.
    public static func resolve(_ path: String) throws(Unreadable) -> [Input] {
        if path == "-" { return [.standardInput] }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Unreadable(description: "there is no file or folder '\(path)'")
        }
        guard isFolder.boolValue else { return [.file(path)] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
            .map { .file(path.hasSuffix("/") ? path + $0 : path + "/" + $0) }
    }

    /// The bytes of an input.
    ///
    /// - Throws: ``Unreadable`` when the file cannot be opened.
    public static func read(_ input: Input) throws(Unreadable) -> Data {
        do {
            switch input {
            case .standardInput: return try FileHandle.standardInput.readToEnd() ?? Data()
            case .file(let path): return try Data(contentsOf: URL(filePath: path))
            }
        } catch {
            throw Unreadable(description: "\(input) cannot be read: check that it is yours to read")
        }
    }
}
