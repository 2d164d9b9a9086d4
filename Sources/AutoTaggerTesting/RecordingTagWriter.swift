public import AutoTagger
import JSON
import Synchronization

/// An AWS that is a dictionary: keeps tags by ARN and remembers what was asked of it.
public final class RecordingTagWriter: TagWriter {
    /// What it holds and what happened to it.
    public struct State: Sendable {
        /// The tags by ARN.
        public var tags: [String: [String: String]] = [:]
        /// The writes, in order.
        public var writes: [TagWrite] = []
        /// How often it was read.
        public var reads = 0
        /// ARNs whose reading fails.
        public var readFailures: [String: Failure] = [:]
        /// ARNs whose writing fails.
        public var writeFailures: [String: Failure] = [:]
    }

    private let state: Mutex<State>

    /// An AWS with some tags already there.
    public init(tags: [String: [String: String]] = [:]) {
        var state = State()
        state.tags = tags
        self.state = Mutex(state)
    }

    /// A copy of what it holds.
    public var snapshot: State { state.withLock { $0 } }

    /// Makes reading or writing an ARN fail.
    public func fail(reading: [String: Failure] = [:], writing: [String: Failure] = [:]) {
        state.withLock {
            $0.readFailures.merge(reading) { $1 }
            $0.writeFailures.merge(writing) { $1 }
        }
    }

    /// The tags held for each ARN.
    public func read(_ resources: [TaggableResource]) async -> [Result<[String: String], Failure>] {
        state.withLock { state in
            state.reads += 1
            return resources.map { resource in
                if let failure = state.readFailures[resource.arn] { return .failure(failure) }
                return .success(state.tags[resource.arn] ?? [:])
            }
        }
    }

    /// Puts the tags into the dictionary.
    public func write(_ writes: [TagWrite]) async -> [Result<TagReceipt, Failure>] {
        state.withLock { state in
            writes.enumerated().map { index, write in
                state.writes.append(write)
                if let failure = state.writeFailures[write.resource.arn] { return .failure(failure) }
                for tag in write.tags { state.tags[write.resource.arn, default: [:]][tag.key] = tag.value }
                return .success(TagReceipt(requestID: "request-\(index)"))
            }
        }
    }

    /// One call a write.
    public func plan(_ writes: [TagWrite]) -> [PlannedCall] {
        writes.map { write in
            PlannedCall(
                service: write.resource.tagging.service, operation: write.resource.tagging.operation,
                parameters: ["ResourceId": [.string(write.resource.id)]])
        }
    }
}
