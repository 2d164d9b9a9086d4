import ArgumentParser
import AutoTagger
import Foundation

/// Which events are asked for, of the verbs that list them.
struct LedgerFilter: ParsableArguments {
    @Option(help: ArgumentHelp("From then on: 30m, 12h, 7d, 2w ago, or a date.", valueName: "time"))
    var since: TimeBound?

    @Option(help: ArgumentHelp("Before then, written alike.", valueName: "time"))
    var until: TimeBound?

    @Option(help: ArgumentHelp("The maker's name, ARN or display text, in any case.", valueName: "glob"))
    var user: String?

    @Option(help: ArgumentHelp("The account.", valueName: "id"))
    var account: String?

    @Option(help: ArgumentHelp("The API, such as RunInstances.", valueName: "name"))
    var eventName: String?

    @Option(help: ArgumentHelp("A resource's id, ARN or type.", valueName: "glob"))
    var resource: String?

    @Option(help: ArgumentHelp("Where the event stands.", valueName: "state"))
    var outcome: LedgerState?

    /// The question that is asked; the region is an option of every verb.
    func query(region: String?, limit: Int, asOf now: Date) -> LedgerQuery {
        var query = LedgerQuery(limit: limit)
        query.since = since?.date(asOf: now)
        query.until = until?.date(asOf: now)
        query.user = user
        query.account = account
        query.region = region
        query.eventName = eventName
        query.resource = resource
        query.state = outcome
        return query
    }
}
