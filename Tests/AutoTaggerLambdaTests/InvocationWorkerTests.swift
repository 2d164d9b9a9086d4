import AutoTagger
import AutoTaggerTesting
import CloudTrail
import EventSources
import Foundation
import JSON
import Locking
import Logging
import Testing

@testable import AutoTaggerLambda

/// Invocations that are no queue's batch, and the time limit.
@Suite struct InvocationWorkerTests {
    @Test(
        "whatever carries events is answered with what became of them",
        arguments: [
            (LambdaBench.volume(1), 1),
            (["detail-type": "AWS API Call via CloudTrail", "detail": LambdaBench.volume(1)], 1),
            (["Records": [LambdaBench.volume(1), LambdaBench.volume(2)]], 2),
            (
                [
                    "Records": [
                        ["EventSource": "aws:sns", "Sns": ["Message": .string(LambdaBench.volume(1).compactText)]]
                    ]
                ], 1
            ),
            (["Records": [LambdaBench.notice("CloudTrail/1.json.gz")]], 2),
            (["Service": "Amazon S3", "Event": "s3:TestEvent"], 0),
            (["Records": [LambdaBench.notice("CloudTrail/gone.json.gz")]], 0),
        ] as [(JSONValue, Int)])
    func answers(document: JSONValue, count: Int) async throws {
        let files = Shelf(files: ["CloudTrail/1.json.gz": ["Records": [LambdaBench.volume(1), LambdaBench.volume(2)]]])
        let writer = RecordingTagWriter()
        let answer = try await LambdaBench(writer: writer, files: files).answer(document)
        let body = try JSONValue(parsing: answer.result.get())
        #expect(body["events"] == .integer(Int64(count)))
        #expect(body["outcomes"] == (count == 0 ? [:] : ["tagged": .integer(Int64(count))]))
        #expect(writer.snapshot.tags.count == count)
    }

    @Test(
        "what is no event is an error with a name",
        arguments: [
            ("", "notJSON"), ("nonsense", "notJSON"), ("{}", "notCloudTrail"), ("null", "notCloudTrail"),
            ("[]", nil), (#"{"Records": [{"eventSource": "aws:sqs", "messageId": "m", "body": "x"}]}"#, nil),
        ] as [(String, String?)])
    func unreadable(body: String, type: String?) async throws {
        #expect(try await LambdaBench().answer(Data(body.utf8)).failureType == type)
    }

    @Test("a failed event fails its invocation, so that it comes again")
    func failure() async throws {
        let writer = RecordingTagWriter()
        let refusal = Failure(code: "UnauthorizedOperation", message: "no", isTransient: true, kind: .permission)
        writer.fail(writing: [LambdaBench.volumeARN(1): refusal])
        let answer = try await LambdaBench(writer: writer).answer([
            "Records": [LambdaBench.volume(0), LambdaBench.volume(1)]
        ])
        #expect(answer.failureType == "UnauthorizedOperation")
        #expect(answer.lastWords == nil)
    }

    @Test("spent credentials end the process after their answer, whichever part found out")
    func expired() async throws {
        let isSpent = Locked(false)
        let slow = SlowWriter(inner: RecordingTagWriter()) { _ in isSpent.withLock { $0 = true } }
        let bench = LambdaBench(writer: slow, credentialsAreSpent: { isSpent.withLock(\.self) })
        #expect(try await bench.answer(["Service": "Amazon S3", "Event": "s3:TestEvent"]).lastWords == nil)
        let answer = try await bench.answer(LambdaBench.volume(0))
        #expect(try JSONValue(parsing: answer.result.get())["events"] == 1)
        #expect(answer.lastWords?.contains("expired") == true)
    }

    /// An AWS for which every call takes its time.
    struct SlowWriter: TagWriter {
        let inner: any TagWriter
        let pass: @Sendable (_ writes: Int) async -> Void

        func read(_ resources: [TaggableResource]) async -> [Result<[String: String], Failure>] {
            await inner.read(resources)
        }

        func write(_ writes: [TagWrite]) async -> [Result<TagReceipt, Failure>] {
            await pass(writes.count)
            return await inner.write(writes)
        }

        func plan(_ writes: [TagWrite]) -> [PlannedCall] { inner.plan(writes) }
    }

    /// A file of more events than the time allows: those that were reached are done, and a second delivery does the rest.
    @Test func aLargeFileIsDoneInSeveralDeliveries() async throws {
        let records = (0..<100).map(LambdaBench.volume)
        let time = Locked(LambdaBench.start)
        let writer = RecordingTagWriter()
        let slow = SlowWriter(inner: writer) { writes in time.withLock { $0 += 0.25 * Double(writes) } }
        let bench = LambdaBench(
            writer: slow, files: Shelf(files: ["CloudTrail/1.json": ["Records": .array(records)]]),
            now: { time.withLock { $0 } })
        let batch = LambdaBench.batch([LambdaBench.notice("CloudTrail/1.json").compactText])
        var deliveries = 0
        var done: [Int] = []
        repeat {
            deliveries += 1
            let answer = try await bench.answer(batch, within: 20)
            done.append(writer.snapshot.tags.count)
            if answer.comingAgain == [] { break }
            #expect(answer.comingAgain == ["m0"])
        } while deliveries < 10
        #expect(done == [64, 100])
        #expect(writer.snapshot.writes.count == 100)
    }

    /// A call that never comes back: the answer does, and says what was not done.
    @Test func theAnswerComesInTimeWhateverHangs() async throws {
        let slow = SlowWriter(inner: RecordingTagWriter()) { _ in try? await Task.sleep(for: .seconds(3600)) }
        let bench = LambdaBench(writer: slow, clock: ManualClock())
        let bodies = ["junk"] + (0..<2).map { LambdaBench.volume($0).compactText }
        #expect(try await bench.answer(LambdaBench.batch(bodies)).comingAgain == ["m0", "m1", "m2"])
        #expect(try await bench.answer(LambdaBench.volume(7)).failureType == "outOfTime")
    }

    @Test(
        "a deadline is believed when it can be one",
        arguments: [
            (60, 58, true), (900, 898, true), (3, 2.4, true), (0.5, 0.4, true), (0, 2.4, false), (-5000, 2.4, false),
            (5000, 2.4, false), (nil, 898, true),
        ] as [(TimeInterval?, TimeInterval, Bool)])
    func budget(asked: TimeInterval?, work: TimeInterval, isBelievable: Bool) {
        let now = LambdaBench.start
        let budget = TimeBudget(deadline: asked.map { now.addingTimeInterval($0) }, now: now)
        #expect(abs(budget.end.timeIntervalSince(now) - work) < 0.001)
        #expect(budget.isBelievable == isBelievable)
        #expect(budget.remaining(now.addingTimeInterval(10_000)) == .zero)
    }

    @Test(
        "levels have Lambda's names",
        arguments: [
            ("trace", "TRACE"), ("debug", "DEBUG"), ("info", "INFO"), ("WARN", "WARN"), ("error", "ERROR"),
            ("FATAL", "FATAL"), ("nonsense", "INFO"),
        ])
    func levels(word: String, name: String) {
        #expect(LambdaLog.name(LambdaLog.level(["AWS_LAMBDA_LOG_LEVEL": word])) == name)
        #expect(LambdaLog.level(["AWS_LAMBDA_LOG_LEVEL": word, "AUTOTAGGER_LOG_LEVEL": "debug"]) == .debug)
    }
}
