import AutoTagger
import BuiltinPlugins
import Testing

@Suite struct ExcerptTests {
    /// What an arriving event is answered with is read from a part of its file; it must be what the whole file says.
    @Test func anExcerptSaysWhatTheWholeFileSays() throws {
        let catalogue = BuiltinCatalogue()
        var compared = 0
        for source in catalogue.eventSources {
            let whole = try catalogue.handlers(forSource: source)
            for trigger in Set(whole.flatMap(\.handler.triggers)) where trigger.eventSource == source {
                let expected = whole.filter { $0.handler.triggers.contains(trigger) }
                let found = try catalogue.handlers(for: trigger)
                #expect(found.map(Self.summary) == expected.map(Self.summary), "\(trigger)")
                compared += 1
            }
        }
        print("triggers read from an excerpt: \(compared)")
        #expect(compared >= 1_500)
    }

    @Test(arguments: ["", "create", "Create", "CreateVp", "reateVpc", "DescribeInstances", "resources", "a\nb", "*"])
    func whatNoLineNamesFindsNothing(name: String) throws {
        #expect(try BuiltinCatalogue().handlers(for: Trigger("ec2.amazonaws.com", name)).isEmpty)
    }

    private static func summary(_ entry: RegisteredHandler) -> String {
        let handler = entry.handler
        let triggers = handler.triggers.map(\.description).sorted().joined(separator: ",")
        return
            "\(entry.plugin) \(entry.origin) \(handler.resource) \(triggers) \(handler.tagging) \(handler.isEphemeral)"
    }
}
