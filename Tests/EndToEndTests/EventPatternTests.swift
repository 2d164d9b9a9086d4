import Foundation
import JSON
import Testing

/// The rules that `generate event-pattern` states, in the fake's EventBridge: an event of each trigger is sent, and many that no
/// handler waits for.
@Suite("The stated event patterns", .needsFakeAWS, .timeLimit(.minutes(10)))
struct EventPatternTests {
    @Test("deliver every event that a handler waits for, and no read-only or failed one")
    func rules() async throws {
        let answer = try await PythonModule.answer(of: "event_patterns.run")
        #expect(answer["wanted"]?.integer ?? 0 >= 1500)
        #expect(answer["reading"] == 200)
        for name in ["broad", "exact"] {
            let judged = try #require(answer[name])
            #expect(judged["delivered"] == answer["wanted"], "\(name)")
            for list in ["lost", "twice", "stray"] { #expect(judged[list] == [], "\(name): \(list)") }
        }
        // EventBridge has 300 rules a bus, for all that use it.
        #expect(answer["exact"]?["rules"]?.integer ?? 300 <= 40)
    }
}
