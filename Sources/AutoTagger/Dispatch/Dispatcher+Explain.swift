public import CloudTrail
private import JSON

/// The whole story of an event without a single call: nothing is asked of AWS and nothing is written.
extension Dispatcher {
    /// What would be done about an event, or why nothing would be.
    ///
    /// What only AWS can answer is a note, not a guess.
    public func explain(_ event: CloudTrailEvent) async -> EventReport {
        switch await admit(event, asksAWS: false) {
        case .drop(let report), .note(let report): return report
        case .work(let work): return plan(work)
        }
    }

    private func plan(_ work: Work) -> EventReport {
        var report = work.report
        var calls: [PlannedCall] = []
        var notes: [String] = []
        if gate.asksForOwnAccount {
            calls.append(PlannedCall(service: "sts", operation: "GetCallerIdentity", parameters: [:]))
            notes.append("whether \(work.event.accountID) is the account of the credentials (accounts: own)")
        }
        var resources: [TaggableResource] = []
        var isOpen = false
        for entry in work.handlers {
            let finding = entry.handler.find(in: work.event)
            resources += finding.resources
            calls += finding.lookups
            notes += finding.openQuestions
            isOpen = isOpen || !finding.lookups.isEmpty
        }
        guard !resources.isEmpty || isOpen else {
            report.outcome = .skipped
            report.reason = .noResource
            return report
        }
        let tags = EventTags(options.policy, identity: work.identity, event: work.event)
        let writes = resources.map { TagWrite(resource: $0, tags: tags.tags(for: $0)) }
        notes.append(
            options.existingTags == .keep
                ? "which of these tags are there already: those are kept" : "which of these tags are there already"
        )
        report.outcome = .planned
        report.resources = writes.map { write in
            ResourceReport(
                type: write.resource.type,
                id: write.resource.id,
                arn: write.resource.arn,
                outcome: .planned,
                tags: Dictionary(write.tags.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
            )
        }
        report.calls = calls + ports.writer.plan(writes)
        report.notes = notes
        return report
    }
}
