import CloudTrail
import EventSources
import Foundation
import JSON
import Locking
import Testing

/// Deliveries that name log files, over a bucket of the test's own.
@Suite struct DeliveryReaderTests {
    /// Log files by key; what is not there is gone.
    struct Bucket: LogFileSource {
        var files: [String: Result<Data, EnvelopeError>] = [:]

        func contents(of file: LogFileNotice) async throws(EnvelopeError) -> Data {
            guard let found = files[file.key] else {
                throw EnvelopeError(.logFileGone, "\(file.description) is no longer there")
            }
            return try found.get()
        }
    }

    static func log(_ ids: String...) -> Result<Data, EnvelopeError> {
        let records = ids.map { id -> JSONValue in
            [
                "eventVersion": "1.08", "eventID": .string(id), "eventSource": "ec2.amazonaws.com",
                "eventName": "CreateVpc",
            ]
        }
        return .success(Data((["Records": .array(records)] as JSONValue).compactText.utf8))
    }

    /// A queue's batch, one notice a message.
    static func batch(_ notices: (id: String, keys: [String])...) -> Data {
        let messages = notices.map { notice -> JSONValue in
            let records = notice.keys.map { key -> JSONValue in
                [
                    "eventName": "ObjectCreated:Put", "awsRegion": "us-east-1",
                    "s3": ["bucket": ["name": "trail"], "object": ["key": .string(key)]],
                ]
            }
            let body: JSONValue = ["Records": .array(records)]
            return ["messageId": .string(notice.id), "body": .string(body.compactText)]
        }
        return Data((["Records": .array(messages)] as JSONValue).compactText.utf8)
    }

    static let bucket = Bucket(files: [
        "CloudTrail/1.json.gz": log("e1", "e2"), "CloudTrail/2.json.gz": log("e3"),
        "CloudTrail/empty.json.gz": log(), "CloudTrail/bad.json.gz": .success(Data([0x1f, 0x8b, 0x08])),
        "CloudTrail/denied.json.gz": .failure(EnvelopeError(.logFileDenied, "no")),
        "CloudTrail/nested.json.gz": .success(batch(("x", ["CloudTrail/1.json.gz"]))),
    ])

    /// What a message's items come to: an event's id, or the code of what went wrong.
    private static func summary(_ items: [Envelope.Item]) -> [String] {
        items.map { item in
            let what =
                switch item.content {
                case .success(let event): event.eventID
                case .failure(let error): error.code.rawValue
                }
            return "\(item.messageID ?? "-") \(what)"
        }
    }

    @Test func everyFileComesUnderItsOwnMessage() async throws {
        let delivery = Self.batch(
            ("m1", ["CloudTrail/1.json.gz"]), ("m2", ["CloudTrail/denied.json.gz"]),
            ("m3", ["CloudTrail/gone.json.gz"]),
            ("m4", ["CloudTrail/2.json.gz", "CloudTrail/bad.json.gz"]), ("m5", ["CloudTrail/empty.json.gz"]),
            ("m6", ["CloudTrail/nested.json.gz"]), ("m7", ["elsewhere.txt"]))
        let items = try await DeliveryReader(logFiles: Self.bucket).open(delivery)
        #expect(
            Self.summary(items) == [
                "m1 e1", "m1 e2", "m2 logFileDenied", "m3 logFileGone", "m4 e3", "m4 badGzip", "m6 notCloudTrail",
                "m7 otherObject",
            ])
        let messages = items.compactMap { item in
            if case .failure(let error) = item.content { error.message } else { nil }
        }
        #expect(messages.allSatisfy { $0.contains("s3://trail/") }, "\(messages)")
    }

    /// Files whose contents come only when as many are asked for as may be, and which remember how many were at most.
    private final class Rush: LogFileSource {
        private struct State {
            var running = 0
            var most = 0
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        private let state = Locked(State())
        private let full: Int

        init(full: Int) { self.full = full }

        var most: Int { state.withLock { $0.most } }

        func contents(of file: LogFileNotice) async throws(EnvelopeError) -> Data {
            await withCheckedContinuation { (turn: CheckedContinuation<Void, Never>) in
                let ready = state.withLock { state in
                    state.running += 1
                    state.most = max(state.most, state.running)
                    state.waiting.append(turn)
                    guard state.waiting.count == full else { return [CheckedContinuation<Void, Never>]() }
                    defer { state.waiting = [] }
                    return state.waiting
                }
                ready.forEach { $0.resume() }
            }
            state.withLock { $0.running -= 1 }
            throw EnvelopeError(.logFileGone, "\(file.description) is no longer there")
        }
    }

    @Test("however many deliveries are opened at once, few files are fetched at once")
    func boundsFetches() async {
        let rush = Rush(full: 3)
        let reader = DeliveryReader(logFiles: rush, fetchesAtOnce: 3)
        await withTaskGroup(of: Int.self) { group in
            for number in 0..<30 {
                group.addTask {
                    (try? await reader.open(Self.batch(("m", ["CloudTrail/\(number).json"])))).map(\.count) ?? 0
                }
            }
            #expect(await group.reduce(0, +) == 30)
        }
        #expect(rush.most == 3)
    }

    @Test func withoutFilesANoticeStaysOne() async throws {
        let items = try await DeliveryReader(logFiles: nil).open(Self.batch(("m1", ["CloudTrail/1.json.gz"])))
        #expect(Self.summary(items) == ["m1 logFileNotice"])
    }

    @Test func whatCannotBeReadAsAWholeThrows() async {
        let error = await #expect(throws: EnvelopeError.self) {
            try await DeliveryReader(logFiles: Self.bucket).open(Data("nonsense".utf8))
        }
        #expect(error?.code == .notJSON)
    }
}
