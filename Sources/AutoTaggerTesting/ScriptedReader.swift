public import AutoTagger
public import JSON
import Synchronization

/// Answers reading calls from a script, by operation, and remembers them.
///
/// The last answer of an operation is given again and again, so that a test need not count the calls it does not care for.
public final class ScriptedReader: ResourceReader {
    private struct State {
        var script: [String: [Result<[JSONValue], Failure>]]
        var calls: [PlannedCall] = []
    }

    private let state: Mutex<State>

    /// A reader with its answers, each a list of pages.
    public init(_ script: [String: [Result<[JSONValue], Failure>]] = [:]) {
        state = Mutex(State(script: script))
    }

    /// The calls so far.
    public var calls: [PlannedCall] { state.withLock { $0.calls } }

    /// The next answer of the script.
    public func read(_ call: PlannedCall, accountID: String, region: String) async throws(Failure) -> [JSONValue] {
        let answer: Result<[JSONValue], Failure>? = state.withLock { state in
            state.calls.append(call)
            guard let answers = state.script[call.operation], let next = answers.first else { return nil }
            if answers.count > 1 { state.script[call.operation]?.removeFirst() }
            return next
        }
        guard let answer else {
            throw Failure(
                code: "unscripted", message: "no answer to \(call.operation) in the script", isTransient: false,
                kind: .service)
        }
        return try answer.get()
    }
}
