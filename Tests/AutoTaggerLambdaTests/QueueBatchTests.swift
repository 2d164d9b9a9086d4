import AutoTagger
import AutoTaggerTesting
import Foundation
import JSON
import Testing

@testable import AutoTaggerLambda

/// A queue's batch, answered message by message.
@Suite struct QueueBatchTests {
    static let size = 10
    /// How a message can fail; each pattern goes through all of them.
    enum Trouble: Int, CaseIterable { case write, poison, deniedFile, halfDone, empty }

    /// The bodies of a batch in which the messages of a bit pattern fail, and the volumes whose tagging must fail for it.
    private static func bodies(_ pattern: Int) -> (bodies: [String], failing: [String: Failure]) {
        let refusal = Failure(code: "UnauthorizedOperation", message: "no", isTransient: true, kind: .permission)
        var failing: [String: Failure] = [:]
        let bodies = (0..<size).map { number -> String in
            let volume = LambdaBench.volume(number)
            guard pattern >> number & 1 == 1 else { return volume.compactText }
            switch Trouble(rawValue: (pattern + number) % Trouble.allCases.count) ?? .write {
            case .write:
                failing[LambdaBench.volumeARN(number)] = refusal
                return volume.compactText
            case .poison: return #"{"hello": "world"}"#
            case .deniedFile: return LambdaBench.notice("CloudTrail/denied.json.gz").compactText
            case .halfDone:
                failing[LambdaBench.volumeARN(number + 100)] = refusal
                return (["Records": [volume, LambdaBench.volume(number + 100)]] as JSONValue).compactText
            case .empty: return ""
            }
        }
        return (bodies, failing)
    }

    @Test("all 1,024 patterns of failures in a batch of ten")
    func patterns() async throws {
        for pattern in 0..<(1 << Self.size) {
            let (bodies, failing) = Self.bodies(pattern)
            let writer = RecordingTagWriter()
            writer.fail(writing: failing)
            let bench = LambdaBench(writer: writer, files: Shelf())
            let answer = try await bench.answer(LambdaBench.batch(bodies))
            let expected = (0..<Self.size).filter { pattern >> $0 & 1 == 1 }.map { "m\($0)" }
            #expect(answer.comingAgain == expected, "pattern \(pattern)")
            let tagged = (0..<Self.size).filter { pattern >> $0 & 1 == 0 }.map(LambdaBench.volumeARN)
            #expect(tagged.allSatisfy { writer.snapshot.tags[$0]?["Creator"] == "alice" }, "pattern \(pattern)")
        }
    }

    @Test("all 1,024 patterns in a FIFO queue: nothing overtakes a failure in its group")
    func orderedPatterns() async throws {
        let groups = ["a", "b", "a", "c", "b", "a", "a", "c", "b", "a"]
        for pattern in 0..<(1 << Self.size) {
            let (bodies, failing) = Self.bodies(pattern)
            let writer = RecordingTagWriter()
            writer.fail(writing: failing)
            let bench = LambdaBench(writer: writer, files: Shelf())
            let answer = try await bench.answer(LambdaBench.batch(bodies, groups: groups))
            let expected = (0..<Self.size).filter { number in
                (0...number).contains { pattern >> $0 & 1 == 1 && groups[$0] == groups[number] }
            }
            #expect(answer.comingAgain == expected.map { "m\($0)" }, "pattern \(pattern)")
        }
    }

    @Test("a second delivery of what was done costs nothing and is acknowledged")
    func again() async throws {
        let writer = RecordingTagWriter()
        let bench = LambdaBench(writer: writer)
        let batch = LambdaBench.batch((0..<3).map { LambdaBench.volume($0).compactText })
        #expect(try await bench.answer(batch).comingAgain == [])
        #expect(try await bench.answer(batch).comingAgain == [])
        #expect(writer.snapshot.writes.count == 3)
    }

    @Test("notices of log files: each under its own message")
    func logFiles() async throws {
        let files = Shelf(files: ["CloudTrail/1.json.gz": ["Records": [LambdaBench.volume(1), LambdaBench.volume(2)]]])
        let keys = ["CloudTrail/1.json.gz", "CloudTrail/denied.json.gz", "CloudTrail/gone.json.gz", "photo.jpg"]
        let bodies = keys.map { (["Records": [LambdaBench.notice($0)]] as JSONValue).compactText }
        let writer = RecordingTagWriter()
        let answer = try await LambdaBench(writer: writer, files: files).answer(LambdaBench.batch(bodies))
        #expect(answer.comingAgain == ["m1"])
        #expect(writer.snapshot.tags.count == 2)
    }

    @Test("a failed message without an id fails the whole batch, since an empty name would")
    func nameless() async throws {
        let batch: JSONValue = ["Records": [["eventSource": "aws:sqs", "body": "junk"]]]
        #expect(try await LambdaBench().answer(batch).failureType == "notJSON")
    }

    @Test("groups of a standard queue promise no order")
    func fairQueue() throws {
        var batch = try #require(LambdaBench.batch(["", ""], groups: ["a", "a"])["Records"]?.array)
        batch = batch.map { record in
            var members = record.object ?? [:]
            members["eventSourceARN"] = "arn:aws:sqs:us-east-1:1:events"
            return .object(members)
        }
        #expect(QueueBatch(["Records": .array(batch)])?.comingAgain(["m0"]) == ["m0"])
    }
}
