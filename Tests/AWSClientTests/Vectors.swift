import Foundation
import JSON
import Testing

/// The vectors that AWS's own SDKs test themselves with; they lie beside the project and are not part of it.
enum Vectors {
    static let absent: Comment = "the vectors are not here: set AUTOTAGGER_SHARED to the folder that holds vectors/"

    static let root: URL? = {
        let environment = ProcessInfo.processInfo.environment
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared =
            environment["AUTOTAGGER_SHARED"].map { URL(fileURLWithPath: $0) }
            ?? checkout.deletingLastPathComponent().appendingPathComponent("shared")
        let vectors = shared.appendingPathComponent("vectors")
        return FileManager.default.fileExists(atPath: vectors.path) ? vectors : nil
    }()

    static var arePresent: Bool { root != nil }

    static func url(_ path: String) throws -> URL {
        struct Absent: Error {}
        guard let root else { throw Absent() }
        return root.appendingPathComponent(path)
    }

    static func data(_ path: String) throws -> Data { try Data(contentsOf: url(path)) }

    static func text(_ path: String) throws -> String { String(decoding: try data(path), as: UTF8.self) }

    static func json(_ path: String) throws -> JSONValue { try JSONValue(parsing: data(path)) }

    /// The names in a folder, sorted.
    static func list(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url(path).path).sorted()
    }
}
