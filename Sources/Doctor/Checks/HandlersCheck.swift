internal import AutoTagger

/// Whether the handlers can be read, and whether any is switched on.
struct HandlersCheck: Check {
    let roster: Asked<HandlerRoster>

    var name: String { "handlers" }

    func lines() async -> [CheckLine] {
        let roster = await roster()
        if let mistake = roster.mistake {
            return [
                .broken(
                    .configuration, mistake.description,
                    why: "no verb runs with these handlers; what follows goes by the built-in ones",
                    advice: "autotagger handlers check FILE, until it finds nothing")
            ]
        }
        if roster.enabled.isEmpty {
            return [
                .broken(
                    .configuration, "all \(roster.total) handlers are switched off",
                    why: "every event is skipped as handlerDisabled", advice: "see 'handlers: disable' in the settings")
            ]
        }
        let events = Wording.count(roster.triggers.count, "event")
        return [.ok("\(roster.enabled.count) of \(roster.total) are switched on, for \(events)")]
    }
}
