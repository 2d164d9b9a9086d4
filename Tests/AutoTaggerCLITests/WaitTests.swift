import ArgumentParser
import AutoTagger
import AutoTaggerTesting
import CloudTrail
import EventSources
import Foundation
import JSON
import Synchronization
import Testing

@testable import AutoTaggerCLI

/// Events that came too early and are tried again, on a clock whose hours take no time.
@Suite struct WaitTests {
    /// A run over one event or many, whose tries end as a script says.
    private final class Bench: Sendable {
        let clock = ManualClock()
        let texts = Mutex((output: "", errors: ""))
        /// When each try was made, in seconds from the start.
        let tries: Mutex<[Double]> = Mutex([])

        static let start = Date(timeIntervalSince1970: 1_700_000_000)

        func run(
            waiting patience: Duration, events count: Int = 1,
            _ answer: @escaping @Sendable (Int, inout EventReport) -> Void
        ) async -> Int32 {
            let clock = clock
            var context = CommandContext(
                environment: [:],
                now: { Self.start.addingTimeInterval(clock.now.offset / .seconds(1)) },
                output: { text in self.texts.withLock { $0.output += text } },
                errors: { text in self.texts.withLock { $0.errors += text } })
            context.clock = clock
            var run = EventRun(output: ReportOutput(format: .ndjson, context: context), context: context)
            let perform = { @Sendable (events: [CloudTrailEvent]) async -> [EventReport] in
                let number = self.tries.withLock { tries in
                    tries.append(clock.now.offset / .seconds(1))
                    return tries.count
                }
                return events.map { event in
                    var report = EventReport(of: event, outcome: .tagged)
                    answer(number, &report)
                    return report
                }
            }
            do {
                let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
                let records = (1...count).map { number in
                    #"{"eventID":"e\#(number)","eventSource":"x.amazonaws.com","eventName":"CreateX","eventVersion":"1.08"}"#
                }
                try Data(#"{"Records":[\#(records.joined(separator: ","))]}"#.utf8).write(to: file)
                defer { try? FileManager.default.removeItem(at: file) }
                await run.process(.file(file.path), with: perform)
                await run.awaitDeferred(for: patience, with: perform)
                try run.finish()
                return 0
            } catch {
                return (error as? ExitCode)?.rawValue ?? -1
            }
        }

        var lines: [String] {
            texts.withLock(\.output).split(separator: "\n").map { line in
                (try? JSONValue(parsing: String(line)))?["outcome"]?.string ?? ""
            }
        }
    }

    private static func tooEarly(_ report: inout EventReport, until date: Date? = nil) {
        report.outcome = .deferred
        report.error = Failure(code: "notVisible", message: "not yet", isTransient: true, kind: .notFound)
        report.dueAt = date
    }

    @Test func withoutPatienceNothingIsTriedAgain() async {
        let bench = Bench()
        #expect(await bench.run(waiting: .zero) { _, report in Self.tooEarly(&report) } == 75)
        #expect(bench.tries.withLock(\.self) == [0])
        #expect(bench.lines == ["deferred"])
    }

    @Test func isTriedAgainWithGrowingPausesUntilItIsThere() async {
        let bench = Bench()
        let status = await bench.run(waiting: .seconds(300)) { number, report in
            if number < 5 { Self.tooEarly(&report) }
        }
        #expect(status == 0)
        #expect(bench.tries.withLock(\.self) == [0, 1, 3, 7, 15])
        #expect(bench.lines == ["tagged"], "one line an event, whatever was tried")
    }

    @Test func theLastTryFallsOnTheEndOfThePatience() async {
        let bench = Bench()
        #expect(await bench.run(waiting: .seconds(100)) { _, report in Self.tooEarly(&report) } == 75)
        #expect(bench.tries.withLock(\.self) == [0, 1, 3, 7, 15, 31, 61, 91, 100])
        #expect(bench.lines == ["deferred"])
        #expect(bench.texts.withLock(\.errors).contains("notVisible"))
    }

    @Test func theLedgersWordIsObeyed() async {
        let bench = Bench()
        let status = await bench.run(waiting: .seconds(300)) { number, report in
            if number == 1 { Self.tooEarly(&report, until: Bench.start.addingTimeInterval(40)) }
        }
        #expect(status == 0)
        #expect(bench.tries.withLock(\.self) == [0, 40])
    }

    @Test func whatIsHeldBackBeyondThePatienceIsNotWaitedFor() async {
        let bench = Bench()
        let status = await bench.run(waiting: .seconds(30)) { _, report in
            Self.tooEarly(&report, until: Bench.start.addingTimeInterval(31))
        }
        #expect(status == 75)
        #expect(bench.tries.withLock(\.self) == [0])
        #expect(bench.clock.waits.isEmpty)
    }

    @Test func waitingEndsWhenAWSIsOutOfReach() async {
        let bench = Bench()
        let status = await bench.run(waiting: .seconds(300)) { number, report in
            Self.tooEarly(&report)
            if number == 2 {
                report.outcome = .failed
                report.error = Failure(code: "unreachable", message: "no way", isTransient: true, kind: .unreachable)
            }
        }
        #expect(status == 69)
        #expect(bench.tries.withLock(\.self) == [0, 1])
    }

    /// Seventeen events are two groups.
    @Test func theNextGroupIsNotTriedWhenAWSIsOutOfReach() async {
        let bench = Bench()
        let status = await bench.run(waiting: .seconds(300), events: 17) { number, report in
            if number < 3 { Self.tooEarly(&report) }
            if number == 3 {
                report.outcome = .failed
                report.error = Failure(code: "unreachable", message: "no way", isTransient: true, kind: .unreachable)
            }
        }
        #expect(status == 69)
        #expect(bench.tries.withLock(\.self) == [0, 0, 1])
        #expect(bench.lines == Array(repeating: "failed", count: 16) + ["deferred"], "each event has its line")
    }

    @Test(
        arguments: [
            ([], [:], .zero), (["--wait", "90s"], [:], .seconds(90)), ([], ["AUTOTAGGER_WAIT": "5m"], .seconds(300)),
            (["--wait", "0"], ["AUTOTAGGER_WAIT": "5m"], .zero), ([], ["AUTOTAGGER_WAIT": ""], .zero),
        ] as [([String], [String: String], Duration)])
    func theOptionAndItsTwin(arguments: [String], environment: [String: String], patience: Duration) throws {
        #expect(try WaitOption.parse(arguments).resolved(in: environment) == patience)
    }

    @Test(arguments: ["soon", "5", "-5s", "1.5m", "5 m"])
    func whatIsNoLengthOfTimeIsNamed(text: String) async {
        #expect(throws: (any Error).self) { try WaitOption.parse(["--wait", text]) }
        let run = await CommandRun.of(["process", #filePath], environment: ["AUTOTAGGER_WAIT": text])
        #expect(run.status == 78)
        #expect(run.errors.contains("AUTOTAGGER_WAIT is '\(text)'"), "\(run.errors)")
    }
}
