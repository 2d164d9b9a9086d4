import AutoTagger
import BuiltinPlugins
import Foundation

// What finding the handler of an event costs: the first time, when its line is read from the text in the binary, and every
// time after. Ends with 1 when a target is missed.

/// A look-up once its source's line is read.
let knownTarget: Duration = .microseconds(1)
/// What the catalogue may add to a cold start.
let firstTarget: Duration = .milliseconds(3)
let rounds = 200

let clock = ContinuousClock()

/// The resident memory in megabytes, as Linux counts it.
func residentMegabytes() -> Double {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (Double(line.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "") ?? .nan) / 1024
}

func milliseconds(_ duration: Duration) -> String { String(format: "%8.3f ms", duration / .milliseconds(1)) }
func nanoseconds(_ duration: Duration) -> String { String(format: "%8.0f ns", duration / .nanoseconds(1)) }

let memoryBefore = residentMegabytes()
let registry = try HandlerRegistry(catalogue: BuiltinCatalogue())
let firstTrigger = Trigger("ec2.amazonaws.com", "CreateVpc")
// The very first look-up of the process: what a cold start pays.
let first = try clock.measure { _ = try registry.handlers(for: firstTrigger) }

let triggers = Set(try registry.all().flatMap(\.handler.triggers)).sorted()
let fresh = try HandlerRegistry(catalogue: BuiltinCatalogue())
let readings = try triggers.map { trigger in try clock.measure { _ = try fresh.handlers(for: trigger) } }.sorted()
let strangers = triggers.map { Trigger($0.eventSource, "Describe" + $0.eventName) }
let strange = try strangers.map { trigger in try clock.measure { _ = try fresh.handlers(for: trigger) } }.sorted()
let memoryAfter = residentMegabytes()

/// The time of one look-up of what was looked up before, over many.
func known(_ triggers: [Trigger]) throws -> Duration {
    var found = 0
    let took = try clock.measure {
        for _ in 0..<rounds {
            for trigger in triggers { found += try fresh.handlers(for: trigger).count }
        }
    }
    precondition(found >= 0)
    return took / (rounds * triggers.count)
}

let hits = try known(triggers)
let misses = try known(strangers)
let whole = try clock.measure { _ = try HandlerRegistry(catalogue: BuiltinCatalogue()).all() }

print("events in the catalogue             \(triggers.count)")
print("first look-up of the process      ", milliseconds(first))
print("first look-up of an event, median ", milliseconds(readings[readings.count / 2]))
print("first look-up of an event, slowest", milliseconds(readings[readings.count - 1]))
print("first look-up of another, median  ", milliseconds(strange[strange.count / 2]))
print("further look-up of an event       ", nanoseconds(hits))
print("further look-up of another        ", nanoseconds(misses))
print("reading the whole catalogue       ", milliseconds(whole))
print(String(format: "memory before and after all of it    %.1f MB, %.1f MB", memoryBefore, memoryAfter))

let missed = [
    (first <= firstTarget, "the first look-up takes at most \(firstTarget)"),
    (max(hits, misses) < knownTarget, "a further look-up takes less than \(knownTarget)"),
].filter { !$0.0 }.map(\.1)
for said in missed { print("missed: \(said)") }
exit(missed.isEmpty ? 0 : 1)
