public import AutoTagger

/// What every ledger must do, whatever it stores its rows in.
///
/// Throws what it finds as values, so that it can be run from any test framework:
/// ```swift
/// @Test(arguments: LedgerConformance.cases)
/// func conforms(_ rule: LedgerConformance.Case) async throws {
///     let ledger = InMemoryLedger()
///     try await rule.check { ledger }
/// }
/// ```
public enum LedgerConformance {
    /// Opens one more handle on the same store, as another process would.
    public typealias Opening = @Sendable () async throws -> any Ledger

    /// One rule, and how to see that it holds.
    public struct Case: Sendable, CustomStringConvertible {
        /// The rule in a few words.
        public let name: String
        private let body: @Sendable (@escaping Opening) async throws -> Void

        init(_ name: String, _ body: @escaping @Sendable (@escaping Opening) async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// The rule in a few words.
        public var description: String { name }

        /// Sees that the rule holds for a ledger whose store is empty.
        /// - Throws: ``Violation`` where it does not hold, and what the ledger itself throws.
        public func check(_ open: @escaping Opening) async throws {
            try await body(open)
        }
    }

    /// A rule that does not hold.
    public struct Violation: Error, CustomStringConvertible {
        /// What was expected, what happened, and in which line of the suite.
        public let description: String
    }

    /// All rules.
    public static let cases: [Case] = claims + settlements + crashes + creations + questions + pruning
}

extension LedgerConformance {
    static func expect<Value: Equatable>(
        _ actual: Value,
        _ expected: Value,
        _ what: String = "",
        file: String = #fileID,
        line: Int = #line
    ) throws {
        guard actual != expected else { return }
        let subject = what.isEmpty ? "" : "\(what): "
        throw Violation(description: "\(file):\(line): \(subject)expected \(expected), got \(actual)")
    }
}
