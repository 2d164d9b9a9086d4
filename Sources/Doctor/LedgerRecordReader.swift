internal import AutoTagger

/// What the ledger remembers, opened and asked once for the checks that read it.
struct LedgerRecordReader: Sendable {
    /// The latest events: enough to see how things go now.
    static let recent = 200

    /// What the checks read.
    struct Memory: Sendable {
        /// The latest events by their own time, the latest first.
        let latest: [LedgerRecord]
        /// How many events stand in each state.
        let counts: [String: Int]
        let history: any LedgerHistory
    }

    let place: String
    private let conditionOnce: Asked<LedgerCondition>
    private let memoryOnce: Asked<Result<Memory?, LedgerError>>

    init(probe: any LedgerProbe) {
        place = probe.place
        conditionOnce = Asked { await probe.condition() }
        memoryOnce = Asked { await Self.remember(probe) }
    }

    /// How the place is.
    func condition() async -> LedgerCondition { await conditionOnce() }

    /// What it remembers; `nil` where there is no ledger yet.
    func memory() async throws(LedgerError) -> Memory? { try await memoryOnce().get() }

    private static func remember(_ probe: any LedgerProbe) async -> Result<Memory?, LedgerError> {
        do throws(LedgerError) {
            guard let history = try await probe.history() else { return .success(nil) }
            let latest = try await history.events(matching: LedgerQuery(limit: recent))
            let counts = try await history.statistics(by: .outcome).map { ($0.value, $0.events) }
            return .success(
                Memory(latest: latest, counts: Dictionary(counts, uniquingKeysWith: +), history: history))
        } catch {
            return .failure(error)
        }
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
        do throws(LedgerError) {
            guard let memory = try await record.memory() else { return [.leftOut("there is no ledger yet")] }
            return try await lines(memory)
        } catch {
            return [.leftOut(for: "ledger")]
        }
    }
}
