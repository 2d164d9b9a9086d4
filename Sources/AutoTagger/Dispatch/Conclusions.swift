/// What follows for a resource, and for its event, from what AWS answered.
extension ResourceReport {
    mutating func skip(_ reason: SkipReason) {
        outcome = .skipped
        self.reason = reason
    }

    mutating func fail(_ failure: Failure) {
        outcome = .failed
        error = failure
    }

    mutating func postpone(_ failure: Failure) {
        outcome = .deferred
        error = failure
    }

    mutating func wrote(_ receipt: TagReceipt) {
        requestID = receipt.requestID
        if error == nil { outcome = .tagged }
    }

    /// Not found is no failure: early on it means not yet, later on no longer. Nor is what passes by itself, however long it takes.
    mutating func settle(_ failure: Failure, isYoung: Bool) {
        switch failure.kind {
        case .notFound where isYoung: postpone(failure)
        case .notFound: skip(.resourceGone)
        case _ where failure.passesByItself: postpone(failure)
        default: fail(failure)
        }
    }
}

extension EventReport {
    /// The event's outcome, from those of its resources: the worst counts.
    mutating func conclude(unfinished: Failure?) {
        let outcomes = Set(resources.map(\.outcome))
        if outcomes.contains(.failed) {
            outcome = .failed
            error = resources.lazy.filter { $0.outcome == .failed }.compactMap(\.error).first
        } else if unfinished != nil || outcomes.contains(.deferred) {
            outcome = .deferred
            error = unfinished ?? resources.lazy.compactMap(\.error).first
        } else if outcomes.contains(.tagged) {
            outcome = .tagged
        } else if outcomes.contains(.unchanged) {
            outcome = .unchanged
        } else {
            outcome = .skipped
            reason = resources.first?.reason ?? .noResource
        }
    }
}

extension Failure {
    /// Whether nothing is wrong and time alone helps: the event is put off then, and that counts as no attempt.
    var passesByItself: Bool { kind == .notReady || kind == .throttled }
}
