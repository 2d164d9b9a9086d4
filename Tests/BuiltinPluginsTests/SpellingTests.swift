import AutoTagger
import BuiltinPlugins
import CloudTrail
import Configuration
import JSON
import Testing

/// Every `tagging:` against what botocore's models say of the same operation.
@Suite struct SpellingTests {
    @Test func everySpellingIsTheModels() throws {
        let models = try DerivedFixtures.operations()
        var problems: Set<String> = []
        for (file, text) in BuiltinCatalogue.declarations {
            let plugin = try PluginFile(parsing: text, file: file)
            for handler in plugin.handlers {
                guard let api = handler.tagging.api else { continue }
                let operations = models[plugin.name] ?? [:]
                let found =
                    [Self.problems(api.write, isWrite: true, api, operations)]
                    + (api.read.map { [Self.problems($0, isWrite: false, api, operations)] } ?? [])
                problems.formUnion(found.flatMap(\.self).map { "\(handler.resource): \($0)" })
            }
        }
        #expect(problems.isEmpty, "\(problems.sorted().joined(separator: "\n"))")
    }

    @Test func everyQuestionIsTheModels() throws {
        let models = try DerivedFixtures.operations()
        var asked = 0
        var problems: [String] = []
        for derived in try DerivedFixtures.records() {
            let event = derived.event
            for entry in try BuiltinCatalogue().handlers(forSource: event.eventSource)
            where entry.handler.resource.description == derived.type && entry.handler.isDeclared {
                for call in entry.handler.find(in: event).lookups {
                    asked += 1
                    guard let spelling = call.spelling, let model = models[entry.plugin]?[call.operation] else {
                        problems.append("\(derived.type): there is no operation \(call.operation)")
                        continue
                    }
                    let members = Set((model["request"]?.array ?? []).compactMap(\.string))
                    problems += (call.parameters.object ?? [:]).keys.filter { !members.contains($0) }
                        .map { "\(derived.type): \(call.operation) has no member \($0)" }
                    if spelling.service.wire == .json, spelling.service.targetPrefix != model["target"]?.string {
                        problems.append("\(derived.type): target")
                    }
                    if entry.handler.lookupActions != [call.action] {
                        problems.append("\(derived.type): \(call.action)")
                    }
                }
            }
        }
        #expect(asked >= 5)
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    private static func problems(
        _ call: TaggingAPI.Call, isWrite: Bool, _ api: TaggingAPI, _ operations: JSONValue
    ) -> [String] {
        guard let model = operations[call.operation] else { return ["there is no operation \(call.operation)"] }
        var problems: [String] = []
        let request = Set((model["request"]?.array ?? []).compactMap(\.string))
        let reply = Set((model["reply"]?.array ?? []).compactMap { $0.string?.lowercased() })
        let protocols = (model["protocols"]?.array ?? []).compactMap(\.string)
        if !protocols.contains(api.service.wire.rawValue) {
            problems.append("wire \(api.service.wire.rawValue) is none of \(protocols)")
        }
        if api.service.endpointPrefix != model["endpoint"]?.string {
            problems.append("endpoint \(api.service.endpointPrefix)")
        }
        if api.service.signingName != model["signing"]?.string { problems.append("signing \(api.service.signingName)") }
        if api.service.wire == .json, api.service.targetPrefix != model["target"]?.string { problems.append("target") }
        let route = "\(call.method) \(path(call.uri))"
        let modelled = model["route"]?.string ?? ""
        if api.service.wire == .restJSON || api.service.wire == .restXML, route != path(modelled) {
            problems.append("\(route) is \(modelled) in the model")
        }
        let top = String(call.tags.prefix { $0 != "." && $0 != "[" })
        if isWrite ? !request.contains(top) : !reply.contains(top.lowercased()) {
            problems.append("\(call.operation): no member \(top)")
        }
        let inputs = [call.identifier].compactMap(\.self) + (call.members.object ?? [:]).keys
        for name in inputs where !request.contains(name) && call.headers[name] == nil {
            problems.append("\(call.operation): no member \(name) among \(request.sorted())")
        }
        return problems
    }

    /// Without what stands in the query, where labels are written our way.
    private static func path(_ uri: String) -> String { String(uri.prefix { $0 != "?" }) }

    @Test func everyPermissionNamesAService() throws {
        for (file, text) in BuiltinCatalogue.declarations {
            for handler in try PluginFile(parsing: text, file: file).handlers {
                #expect(handler.tagging.permissions.count >= 1)
                for action in handler.tagging.permissions.map(\.action) {
                    #expect(action.wholeMatch(of: /[a-z0-9-]+:[A-Z][A-Za-z]+/) != nil, "\(file): \(action)")
                }
            }
        }
    }
}
