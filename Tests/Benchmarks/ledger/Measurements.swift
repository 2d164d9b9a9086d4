import AutoTagger
import Foundation
import SQLiteLedger

/// What is claimed and settled.
enum Sample {
    static let now = Date(timeIntervalSince1970: 1_691_037_387)
    static let header = EventHeader(
        eventSource: "ec2.amazonaws.com",
        eventName: "RunInstances",
        region: "ap-northeast-2",
        eventTime: now
    )

    static func key(_ number: Int) -> EventKey {
        // Ids are random, so that an index of them is written all over.
        let text = String(UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
        let digits = String(repeating: "0", count: 16 - text.count) + text
        return EventKey(
            accountID: "123456789101", eventID: "\(digits.prefix(8))-c98a-4c65-9b6e-0000\(digits.suffix(8))")
    }

    static func claim(_ number: Int) -> ClaimRequest {
        ClaimRequest(
            key: key(number),
            fingerprint: "2023-08-03T04:36:27Z|ec2.amazonaws.com|RunInstances|ap-northeast-2|123456789101|\(number)",
            header: header,
            owner: "host-1",
            leaseEnd: now.addingTimeInterval(60),
            now: now
        )
    }

    static func settlement(_ number: Int) -> Settlement {
        var report = EventReport(key: key(number), header: header, outcome: .tagged)
        report.handler = "ec2:instance"
        report.identity = Identity(type: "IAMUser", name: "seungkim", confidence: .certain)
        let id = "i-" + key(number).eventID.replacing("-", with: "").prefix(17)
        report.resources = [
            ResourceReport(
                type: ResourceType("ec2", "instance"),
                id: id,
                arn: "arn:aws:ec2:ap-northeast-2:123456789101:instance/\(id)",
                outcome: .tagged,
                tags: ["Creator": "seungkim", "CreatedAt": "2023-08-03T04:36:27Z"],
                requestID: "59dbff89-35bd-4eac-99ed-be587EXAMPLE"
            )
        ]
        return Settlement(key: key(number), owner: "host-1", report: report, startedAt: now, now: now)
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
}

/// So many events, claimed and settled in groups.
struct Load {
    let events: Int
    let groupSize: Int

    /// The events per second, and the microseconds of CPU that one takes.
    func run(in path: String) async throws -> (rate: Double, cpu: Double) {
        let ledger = try SQLiteLedger(path: path, now: Sample.now)
        let clock = ContinuousClock()
        let began = clock.now
        let cpu = Self.cpu()
        for first in stride(from: 0, to: events, by: groupSize) {
            let numbers = first..<min(first + groupSize, events)
            let answers = try await ledger.claim(numbers.map(Sample.claim))
            let accepted = try await ledger.settle(numbers.map(Sample.settlement))
            guard answers.allSatisfy({ $0 == .granted(attempt: 1) }), accepted.allSatisfy(\.self) else {
                throw BenchmarkError(description: "the ledger refused an event of \(numbers)")
            }
        }
        let taken = clock.now - began
        return (Double(events) / taken.seconds, (Self.cpu() - cpu) / Double(events) * 1e6)
    }

    /// The seconds of CPU that this process has used, those in the kernel included.
    private static func cpu() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Python's sqlite3.
enum Baseline {
    static func run(in path: String, events: Int) throws -> Double {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "baseline.py").path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, path, String(events)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard let rate = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkError(description: "python3 answered '\(text)'")
        }
        return rate
    }
}

/// What the ledger adds to a cold start: the file is opened and one event claimed.
enum Opening {
    static func measure(in folder: URL, rounds: Int) async throws -> (new: String, existing: String) {
        var new: [Double] = []
        var existing: [Double] = []
        for round in 0..<rounds {
            let path = folder.appending(path: "opening-\(round).sqlite").path
            new.append(try await time(path, claiming: 1))
            existing.append(try await time(path, claiming: 2))
        }
        let text = { (values: [Double]) in Sample.median(values).formatted(.number.precision(.fractionLength(2))) }
        return (text(new), text(existing))
    }

    private static func time(_ path: String, claiming number: Int) async throws -> Double {
        let clock = ContinuousClock()
        let began = clock.now
        let ledger = try SQLiteLedger(path: path, now: Sample.now)
        _ = try await ledger.claim([Sample.claim(number)])
        let taken = clock.now - began
        try ledger.close()
        return taken.seconds * 1000
    }
}

struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}
