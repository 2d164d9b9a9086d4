import AutoTagger
import BuiltinPlugins
import CloudTrail
import Foundation
import Testing

/// A plugin with one handler that finds nothing.
private struct Claimant: Plugin, ResourceHandler {
    var name = "mine"
    var resource = ResourceType("mine", "thing")
    var triggers = [Trigger("mine.example.com", "CreateThing")]
    let tagging = TaggingOperation("mine", "TagResource")
    var handlers: [any ResourceHandler] { [self] }
    func find(in event: CloudTrailEvent) -> Finding { Finding(resources: []) }
}

/// A catalogue that counts how often a source is read.
private struct EmptyCatalogue: HandlerCatalogue {
    var eventSources: [String] { [] }
    func handlers(forSource eventSource: String) throws(ConfigurationError) -> [RegisteredHandler] { [] }
}

@Suite struct HandlerRegistryTests {
    func registry(_ plugins: [any Plugin], declared: [RegisteredHandler] = []) throws -> HandlerRegistry {
        try HandlerRegistry(catalogue: BuiltinCatalogue(), plugins: plugins, declared: declared)
    }

    @Test func routesBySourceAndName() throws {
        let registry = try registry([Claimant()])
        #expect(try registry.handlers(for: Trigger("mine.example.com", "CreateThing")).map(\.plugin) == ["mine"])
        #expect(try registry.handlers(for: Trigger("MINE.example.com", "CreateThing")).count == 1)
        #expect(try registry.handlers(for: Trigger("mine.example.com", "creatething")).isEmpty)
        #expect(try registry.handlers(for: Trigger("yours.example.com", "CreateThing")).isEmpty)
        #expect(try registry.handlers(for: Trigger("ec2.amazonaws.com", "RunInstances")).map(\.origin) == [.code])
        #expect(try registry.handlers(for: Trigger("ec2.amazonaws.com", "CreateVpc")).map(\.origin) == [.builtIn])
    }

    @Test func twoHandlersForOneTriggerAndTypeAreAnErrorAtTheStart() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try registry([Claimant(), Claimant(name: "other")])
        }
        #expect(error.description.contains("mine:thing of mine.example.com/CreateThing"))
        #expect(error.description.contains("'mine'") && error.description.contains("'other'"))
    }

    @Test func aPluginMayNotClaimWhatTheCatalogueHas() throws {
        let vpc = Claimant(
            resource: ResourceType("ec2", "vpc"), triggers: [Trigger("ec2.amazonaws.com", "CreateVpc")])
        #expect(throws: ConfigurationError.self) { try registry([vpc]) }
        let volume = Claimant(
            resource: ResourceType("ec2", "volume"), triggers: [Trigger("ec2.amazonaws.com", "RunInstances")])
        #expect(throws: ConfigurationError.self) { try registry([volume]) }
    }

    @Test func twoTypesOfOneTriggerGoTogether() throws {
        let more = Claimant(
            resource: ResourceType("mine", "dhcp"), triggers: [Trigger("ec2.amazonaws.com", "CreateVpc")])
        let types = try registry([more]).handlers(for: Trigger("ec2.amazonaws.com", "CreateVpc"))
        #expect(Set(types.map(\.handler.resource.description)) == ["ec2:vpc", "mine:dhcp"])
    }

    @Test func aUsersDeclarationTakesTheBuiltInOnesPlace() throws {
        let own = RegisteredHandler(
            plugin: "ec2", origin: .file("mine.yaml"),
            handler: Claimant(
                resource: ResourceType("ec2", "vpc"), triggers: [Trigger("ec2.amazonaws.com", "CreateVpc")]))
        let registry = try registry([], declared: [own])
        let found = try registry.handlers(for: Trigger("ec2.amazonaws.com", "CreateVpc"))
        #expect(found.map(\.origin) == [.file("mine.yaml")])
        #expect(throws: ConfigurationError.self) {
            try HandlerRegistry(catalogue: EmptyCatalogue(), declared: [own, own])
        }
    }

    @Test func everyBuiltInHandlerIsListedOnce() throws {
        let all = try registry([]).all()
        let triggers = all.flatMap { entry in entry.handler.triggers.map { "\(entry.handler.resource) \($0)" } }
        #expect(Set(triggers).count == triggers.count)
        #expect(all.contains { $0.handler.resource == ResourceType("ec2", "instance") && $0.origin == .code })
    }

    /// The docs show a whole executable; it must be the one that the tests compile.
    @Test func theDocumentedPluginIsTheCompiledOne() throws {
        let root = Fixtures.folder.deletingLastPathComponent().deletingLastPathComponent()
        let code = try String(contentsOf: root.appending(path: "Tests/Examples/own-plugin/main.swift"), encoding: .utf8)
        let page = try String(contentsOf: root.appending(path: "docs/swift-plugin.md"), encoding: .utf8)
        #expect(page.contains("```swift\n\(code)```"))
    }
}
