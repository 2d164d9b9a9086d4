import Foundation
import JSON
import Synchronization

/// The fake AWS and the boto3 that looks into it: one Python process for the whole suite, spoken to in lines of JSON.
///
/// It ends with this process, when its standard input closes.
actor Witness {
    /// Why a request was not answered.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// The one of this process.
    static let shared = Task { try await Witness() }

    /// Where the fake AWS answers.
    nonisolated let endpoint: String

    private let process = Process()
    private let requests: FileHandle
    private let desk: Desk

    private init() async throws {
        let input = Pipe()
        let output = Pipe()
        process.executableURL = Prerequisites.python
        process.arguments = ["-m", "support.witness"]
        process.currentDirectoryURL = Prerequisites.support
        process.standardInput = input
        process.standardOutput = output
        let desk = Desk()
        output.fileHandleForReading.readabilityHandler = { desk.take($0.availableData) }
        try process.run()
        requests = input.fileHandleForWriting
        self.desk = desk
        let hello = try await desk.ask(["do": "hello"], through: requests)
        endpoint = hello["url"]?.string ?? ""
    }

    /// Asks for something and waits for the answer; other requests may overtake it.
    func ask(_ verb: String, _ members: [String: JSONValue] = [:]) async throws -> JSONValue {
        try await desk.ask(members.merging(["do": .string(verb)]) { $1 }, through: requests)
    }
}

/// Matches answers to those who wait for them.
private final class Desk: Sendable {
    private struct State {
        var unread = Data()
        var lastID: Int64 = 0
        var waiting: [Int64: CheckedContinuation<JSONValue, any Error>] = [:]
    }

    private let state = Mutex(State())

    func ask(_ request: [String: JSONValue], through handle: FileHandle) async throws -> JSONValue {
        try await withCheckedThrowingContinuation { continuation in
            do {
                // Under the lock, so that two requests never mix on the line.
                try state.withLock { state in
                    state.lastID += 1
                    let numbered = JSONValue.object(request.merging(["id": .integer(state.lastID)]) { $1 })
                    try handle.write(contentsOf: Data((numbered.compactText + "\n").utf8))
                    state.waiting[state.lastID] = continuation
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    func take(_ data: Data) {
        guard !data.isEmpty else { return failAll() }
        let lines = state.withLock { state in
            state.unread += data
            var parts = state.unread.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            state.unread = parts.popLast().map { Data($0) } ?? Data()
            return parts.map { Data($0) }
        }
        for line in lines { answer(line) }
    }

    private func answer(_ line: Data) {
        guard let reply = try? JSONValue(parsing: line), let id = reply["id"]?.integer else { return }
        let continuation = state.withLock { $0.waiting.removeValue(forKey: id) }
        if let error = reply["error"] {
            continuation?.resume(throwing: Witness.Refusal(description: error["message"]?.string ?? error.compactText))
        } else {
            continuation?.resume(returning: reply["result"] ?? .null)
        }
    }

    /// The process ended: nobody shall wait for ever.
    private func failAll() {
        let all = state.withLock { state in
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in all {
            continuation.resume(throwing: Witness.Refusal(description: "the fake AWS ended; see its error output"))
        }
    }
}
