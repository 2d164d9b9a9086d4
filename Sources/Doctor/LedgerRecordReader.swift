internal import AutoTagger

/// What the ledger remembers, opened and asked once for the checks that read it.
struct LedgerRecordReader: Sendable {
    /// The latest events: enough to see how things go now.
    static let recent = 200

    /// What the checks read.
    struct Memory: Sendable {
        /// The latest events by their own time, the latest first.
        let latest: [LedgerRecord]
        /// What waits for somebody, of each state the latest by their own time.
        let open: [LedgerState: [LedgerRecord]]
        /// How many events stand in each state; `nil` where only the latest were looked at.
        let counts: [String: Int]?

        /// How many stand in a state, of all or of the latest.
        func count(_ state: LedgerState) -> Int {
            counts.map { $0[state.rawValue] ?? 0 } ?? latest.count { $0.state == state }
        }
    }

    /// The states in which events wait for somebody, the worst first.
    static let openStates = [LedgerState.dead, .failed, .deferred]

    let place: String
    private let site: Site?
    private let conditionOnce: Asked<LedgerCondition>
    private let memoryOnce: Asked<Result<Memory?, LedgerError>>

    /// - Parameter site: whose credentials must be good before a ledger of AWS's is asked.
    init(probe: any LedgerProbe, site: Site? = nil) {
        place = probe.place
        self.site = probe.isRemote ? site : nil
        conditionOnce = Asked { await probe.condition() }
        memoryOnce = Asked { await Self.remember(probe) }
    }

    /// The line that says why the ledger cannot be asked; `nil` where it can.
    func obstacle() async -> String? {
        guard let site else { return nil }
        guard site.hasRegion else { return "region" }
        return (try? await site.caller()) == nil ? "credentials" : nil
    }

    /// How the place is.
    func condition() async -> LedgerCondition { await conditionOnce() }

    /// What it remembers; `nil` where there is no ledger yet.
    func memory() async throws(LedgerError) -> Memory? { try await memoryOnce().get() }

    private static func remember(_ probe: any LedgerProbe) async -> Result<Memory?, LedgerError> {
        do throws(LedgerError) {
            guard let history = try await probe.history() else { return .success(nil) }
            let latest = try await history.events(matching: LedgerQuery(limit: recent))
            guard latest.count == recent else { return .success(Memory(whole: latest)) }
            var open: [LedgerState: [LedgerRecord]] = [:]
            for state in openStates {
                var query = LedgerQuery(limit: recent)
                query.state = state
                open[state] = try await history.events(matching: query)
            }
            // To count all of a table is to read and to pay for all of it.
            let counts = probe.isRemote ? nil : try await counted(history)
            return .success(Memory(latest: latest, open: open, counts: counts))
        } catch {
            return .failure(error)
        }
    }

    private static func counted(_ history: any LedgerHistory) async throws(LedgerError) -> [String: Int] {
        let counts = try await history.statistics(by: .outcome).map { ($0.value, $0.events) }
        return Dictionary(counts, uniquingKeysWith: +)
    }
}

extension LedgerRecordReader.Memory {
    /// What is remembered where the latest events are all that there are: what waits is among them.
    init(whole latest: [LedgerRecord]) {
        let byState = Dictionary(grouping: latest, by: \.state)
        self.init(
            latest: latest, open: byState.filter { LedgerRecordReader.openStates.contains($0.key) },
            counts: Dictionary(uniqueKeysWithValues: byState.map { ($0.rawValue, $1.count) }))
    }
}

/// Something that is asked of the ledger's memory.
protocol MemoryCheck: Check {
    var record: LedgerRecordReader { get }

    /// What was found in a ledger that is there.
    func lines(_ memory: LedgerRecordReader.Memory) async throws(LedgerError) -> [CheckLine]
}

extension MemoryCheck {
    func lines() async -> [CheckLine] {
        if let obstacle = await record.obstacle() { return [.leftOut(for: obstacle)] }
        do throws(LedgerError) {
            guard let memory = try await record.memory() else { return [.leftOut("there is no ledger yet")] }
            return try await lines(memory)
        } catch {
            return [await unreadable(error)]
        }
    }

    /// What the line 'ledger' calls broken needs no second line; anything else it may not have met.
    private func unreadable(_ error: LedgerError) async -> CheckLine {
        if await record.condition().troubles.contains(where: \.isFatal) { return .leftOut(for: "ledger") }
        let what = "could not be read: \(error.message)"
        return switch error.code {
        case "denied":
            .warning(what, why: "the doctor may not ask the ledger", advice: "look with rights that allow it")
        case "tooOld": .leftOut(error.message)
        case "corrupt":
            .warning(
                what, why: "something in it is unreadable", advice: "autotagger ledger verify lists what is not sound")
        default:
            .warning(what, why: "the ledger did not answer (\(error.code))", advice: "run autotagger doctor again")
        }
    }
}
