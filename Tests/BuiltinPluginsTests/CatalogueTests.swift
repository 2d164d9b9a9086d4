import AutoTagger
import BuiltinPlugins
import CloudTrail
import Configuration
import JSON
import Testing

/// The lint over the whole catalogue: each test collects what is wrong with any line of any plugin.
@Suite struct CatalogueTests {
    private static let catalogue = BuiltinCatalogue()
    /// Every source's handlers, parsed once for all of these tests.
    private static let bySource = Result {
        try Dictionary(uniqueKeysWithValues: catalogue.eventSources.map { ($0, try catalogue.handlers(forSource: $0)) })
    }

    private static func handlers(for trigger: Trigger) throws -> [RegisteredHandler] {
        try bySource.get()[trigger.eventSource, default: []].filter { $0.handler.triggers.contains(trigger) }
    }

    private static func handlers() throws -> [RegisteredHandler] {
        try bySource.get().sorted { $0.key < $1.key }.flatMap(\.value)
    }

    @Test func everyDeclarationIsUnderItsSource() throws {
        var problems: [String] = []
        for (file, text) in BuiltinCatalogue.declarations {
            let plugin = try PluginFile(parsing: text, file: file)
            if file != "Plugins/\(plugin.name)/plugin.yaml" { problems.append("\(file) is plugin '\(plugin.name)'") }
            for handler in plugin.handlers {
                for source in Set(handler.triggers.map(\.eventSource)) {
                    let found = try Self.bySource.get()[source, default: []]
                    if !found.contains(where: { $0.plugin == plugin.name && $0.handler.resource == handler.resource }) {
                        problems.append("\(handler.resource) is not indexed under \(source)")
                    }
                }
            }
        }
        for source in Self.catalogue.eventSources {
            if try Self.bySource.get()[source, default: []].isEmpty {
                problems.append("\(source) is indexed, but nothing waits for it")
            }
        }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    @Test func isAsWideAsItClaims() throws {
        let triggers = Set(try Self.handlers().flatMap(\.handler.triggers))
        #expect(triggers.count >= 1500)
        #expect(Set(triggers.map(\.eventSource)).count >= 280)
    }

    @Test func everyLineHasARecordInWhichItFindsItsResource() async throws {
        var open = Set(
            try Self.handlers().filter(\.handler.isDeclared).flatMap { entry in
                entry.handler.triggers.map { "\(entry.handler.resource) \($0.eventName)" }
            })
        var problems: [String] = []
        for derived in try DerivedFixtures.records() {
            let event = derived.event
            let trigger = Trigger(event.eventSource, event.eventName)
            let handlers = try Self.handlers(for: trigger)
                .filter { $0.handler.resource.description == derived.type }
            var found: [TaggableResource] = []
            for entry in handlers { found += try await derived.resources(by: entry.handler) }
            if found.isEmpty { problems.append("\(derived.type): nothing found in \(trigger)") }
            for resource in found {
                if let problem = Self.problem(with: resource) { problems.append(problem) }
            }
            open.remove("\(derived.type) \(event.eventName)")
        }
        problems += open.sorted().map { "\($0): no record in Tests/Fixtures/derived; run 'make fixtures'" }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    private static func problem(with resource: TaggableResource) -> String? {
        guard let arn = ARNParts(resource.arn) else { return "\(resource.type): '\(resource.arn)' is no ARN" }
        if resource.id.isEmpty { return "\(resource.type): \(resource.arn) has no id" }
        if arn.partition != "aws" || arn.resource.contains("$") || resource.arn.contains(" ") {
            return "\(resource.type): \(resource.arn) does not look like an ARN"
        }
        if !["", "123456789012", "aws"].contains(arn.account) || !["", "us-east-1"].contains(arn.region) {
            return "\(resource.type): \(resource.arn) is not in its event's account and region"
        }
        if "\(resource.tagging)".hasSuffix(":") { return "\(resource.type): no tagging operation" }
        return nil
    }

    @Test func noTwoHandlersClaimOneResource() async throws {
        var problems: [String] = []
        for derived in try DerivedFixtures.records() {
            let event = derived.event
            let trigger = Trigger(event.eventSource, event.eventName)
            var finders: [String] = []
            for entry in try Self.handlers(for: trigger)
            where try await !derived.resources(by: entry.handler).isEmpty {
                finders.append(entry.handler.resource.description)
            }
            if Set(finders) != [derived.type] { problems.append("\(trigger): \(finders.joined(separator: ", "))") }
        }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    @Test func nothingIsFoundWithoutParametersAndResponse() throws {
        var problems: [String] = []
        // There is one hub an account and region, so nothing of the event is in its ARN.
        for entry in try Self.handlers() where entry.handler.resource.description != "securityhub:hub" {
            for trigger in entry.handler.triggers {
                let event = CloudTrailEvent(record: [
                    "eventSource": .string(trigger.eventSource), "eventName": .string(trigger.eventName),
                    "awsRegion": "us-east-1", "recipientAccountId": "123456789012",
                    "requestParameters": .null, "responseElements": .null,
                ])
                let finding = entry.handler.find(in: event)
                for resource in finding.resources {
                    problems.append("\(trigger): \(resource.arn) out of nothing")
                }
                if !finding.lookups.isEmpty { problems.append("\(trigger): asks AWS about nothing") }
            }
        }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    @Test func jobsAndSessionsAreOffByDefault() throws {
        let gate = Gate(Gate.Rules())
        let ephemeral = try Self.handlers().filter(\.handler.isEphemeral)
        #expect(ephemeral.count >= 80)
        #expect(ephemeral.allSatisfy { !gate.isEnabled($0.handler) })
    }
}
