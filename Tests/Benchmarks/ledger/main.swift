// How many events a second the ledger claims and settles, beside Python's sqlite3 doing less for each.
//
//   swift run -c release ledger-benchmark [EVENTS] [ROUNDS]
//
// The ledger runs two transactions a group (claim, settle) and keeps resources, identity and attempts; the script runs
// one transaction an event and keeps a row. Both run in turns, and the medians are compared.
import AutoTagger
import Foundation
import SQLiteLedger

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let events = arguments.first ?? 5000
let rounds = arguments.dropFirst().first ?? 5
let folder = FileManager.default.temporaryDirectory.appending(path: "ledger-benchmark-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

var rates: [String: [Double]] = [:]
var cpu: [String: [Double]] = [:]
for round in 0..<rounds {
    for size in [1, 10, 16] {
        let load = Load(events: events, groupSize: size)
        let found = try await load.run(in: folder.appending(path: "ledger-\(round)-\(size).sqlite").path)
        rates["ledger, groups of \(size)", default: []].append(found.rate)
        cpu["ledger, groups of \(size)", default: []].append(found.cpu)
    }
    rates["python", default: []].append(
        try Baseline.run(in: folder.appending(path: "python-\(round).sqlite").path, events: events)
    )
}

let python = rates["python"].map(Sample.median) ?? .nan
for (name, values) in rates.sorted(by: { $0.key < $1.key }) {
    let rate = Sample.median(values)
    let ratio = (rate / python).formatted(.number.precision(.fractionLength(2)))
    let load = cpu[name].map { ", \(Int(Sample.median($0))) us of CPU an event" } ?? ""
    print("\(name): \(Int(rate)) events/s, \(ratio) times python\(load)")
}
let opening = try await Opening.measure(in: folder, rounds: 40)
print("open and first claim, new file: \(opening.new) ms; existing file: \(opening.existing) ms (medians of 40)")
