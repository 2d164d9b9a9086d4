internal import AutoTagger
internal import CloudTrail
internal import EventSources

/// What became of one item of a delivery.
enum ItemVerdict: Sendable {
    /// Nothing is left to do about it.
    case done
    /// It must come again, or go to the dead-letter queue.
    case failed(LambdaAnswer.Failure)
    /// Its time did not come.
    case unreached

    var isDone: Bool { if case .done = self { true } else { false } }

    /// Why it is not done.
    var failure: LambdaAnswer.Failure {
        switch self {
        case .failed(let failure): failure
        case .done, .unreached:
            LambdaAnswer.Failure(
                type: "outOfTime",
                message: "the time limit came before everything was done; the rest is done when this comes again."
                    + " Give the function more time or smaller batches")
        }
    }

    /// Fit for a metric's label.
    var label: String {
        switch self {
        case .done: "done"
        case .failed: "failed"
        case .unreached: "outOfTime"
        }
    }

    init(_ error: EnvelopeError) {
        self =
            error.code.isNothingToDo
            ? .done : .failed(LambdaAnswer.Failure(type: error.code.rawValue, message: error.message))
    }

    init(_ report: EventReport) {
        if report.outcome.isDone {
            self = .done
        } else {
            self = .failed(
                LambdaAnswer.Failure(
                    type: report.cause?.code ?? report.outcome.rawValue,
                    message: report.cause?.message ?? "event \(report.eventID) is not done"))
        }
    }
}
