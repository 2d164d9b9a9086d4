import CloudTrail
import Foundation
import JSON

/// The project's own records, under `Tests/Fixtures`.
enum Fixtures {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: Data(contentsOf: folder.appending(path: path)))
    }

    static func event(_ path: String) throws -> CloudTrailEvent {
        CloudTrailEvent(record: try json(path))
    }

    /// Real records kept beside the project, not in it; absent on most machines.
    static let sharedFolder: URL? = {
        let named = ProcessInfo.processInfo.environment["AUTOTAGGER_SHARED"].map { URL(filePath: $0) }
        let beside = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared")
        return [named, beside].compactMap(\.self).first {
            FileManager.default.fileExists(atPath: $0.appending(path: "events/records.ndjson").path)
        }
    }()
}
