import AutoTagger
import AutoTaggerTesting
import BuiltinPlugins
import CloudTrail
import Configuration
import EventSources
import Foundation
import JSON
import Logging
import Testing

@testable import AutoTaggerLambda

/// A worker over fakes, and the deliveries that it is given.
struct LambdaBench {
    static let account = "123456789101"
    static let registry = Result { try HandlerRegistry(catalogue: BuiltinCatalogue(), plugins: []) }
    /// A minute after the calls that the events tell of.
    static let start = Date(timeIntervalSince1970: 1_691_037_447)

    var writer: any TagWriter = RecordingTagWriter()
    var ledger: any Ledger = InMemoryLedger()
    var files: (any LogFileSource)?
    var credentialsAreSpent: @Sendable () -> Bool = { false }
    var clock: any Clock<Duration> = UnhurriedClock()
    var now: @Sendable () -> Date = { start }

    func worker() throws -> InvocationWorker {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let dispatcher = Dispatcher(
            ports: .init(
                registry: try Self.registry.get(), reader: ScriptedReader(), writer: writer, ledger: ledger,
                caller: FixedCaller(accountID: Self.account), now: now, logger: quiet),
            options: Settings.defaults.dispatcher)
        var worker = InvocationWorker(dispatcher: dispatcher, reader: DeliveryReader(logFiles: files), logger: quiet)
        worker.alarm = Alarm(clock: clock)
        worker.now = now
        worker.credentialsAreSpent = credentialsAreSpent
        return worker
    }

    /// What the worker answers to a document, within so many seconds.
    func answer(_ document: JSONValue, within seconds: TimeInterval = 60) async throws -> LambdaAnswer {
        try await answer(Data(document.compactText.utf8), within: seconds)
    }

    func answer(_ body: Data, within seconds: TimeInterval = 60) async throws -> LambdaAnswer {
        await (try worker()).answer(
            LambdaInvocation(requestID: "r", deadline: now().addingTimeInterval(seconds), body: body))
    }

    /// The record of a new volume.
    static func volume(_ number: Int) -> JSONValue {
        [
            "eventVersion": "1.08", "eventID": .string("event-\(number)"), "eventTime": "2023-08-03T04:36:27Z",
            "eventSource": "ec2.amazonaws.com", "eventName": "CreateVolume", "awsRegion": "us-east-1",
            "recipientAccountId": .string(account),
            "userIdentity": [
                "type": "IAMUser", "userName": "alice", "accountId": .string(account),
                "arn": .string("arn:aws:iam::\(account):user/alice"),
            ],
            "responseElements": ["volumeId": .string(volumeID(number))],
        ]
    }

    static func volumeID(_ number: Int) -> String { "vol-0\(number)" }
    static func volumeARN(_ number: Int) -> String { "arn:aws:ec2:us-east-1:\(account):volume/\(volumeID(number))" }

    /// A queue's batch; message `m3` is in group `groups[3]` of a FIFO queue, or in none of a standard one.
    static func batch(_ bodies: [String], groups: [String]? = nil) -> JSONValue {
        let queue = "arn:aws:sqs:us-east-1:\(account):events" + (groups == nil ? "" : ".fifo")
        let records = bodies.enumerated().map { number, body -> JSONValue in
            [
                "messageId": .string("m\(number)"), "eventSource": "aws:sqs", "eventSourceARN": .string(queue),
                "body": .string(body), "attributes": groups.map { ["MessageGroupId": .string($0[number])] } ?? [:],
            ]
        }
        return ["Records": .array(records)]
    }

    /// A notice of a log file.
    static func notice(_ key: String) -> JSONValue {
        [
            "eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "awsRegion": "us-east-1",
            "s3": ["bucket": ["name": "trail"], "object": ["key": .string(key)]],
        ]
    }
}

/// A clock whose waits outlast every test: that the machine is busy is no time limit.
struct UnhurriedClock: Clock {
    var now: ContinuousClock.Instant { .now }
    var minimumResolution: Duration { ContinuousClock().minimumResolution }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try await Task.sleep(for: .seconds(86_400))
    }
}

/// Log files by key; the last part of the key tells what becomes of another one.
struct Shelf: LogFileSource {
    var files: [String: JSONValue] = [:]

    func contents(of file: LogFileNotice) async throws(EnvelopeError) -> Data {
        if let found = files[file.key] { return Data(found.compactText.utf8) }
        throw EnvelopeError(file.key.contains("denied") ? .logFileDenied : .logFileGone, "\(file.description): no")
    }
}

extension LambdaAnswer {
    /// The messages that are to come again.
    var comingAgain: [String]? {
        guard case .success(let body) = result else { return nil }
        return (try? JSONValue(parsing: body))?["batchItemFailures"]?.array?.compactMap { $0["itemIdentifier"]?.string }
    }

    /// The type of the failure.
    var failureType: String? {
        if case .failure(let failure) = result { failure.type } else { nil }
    }
}
