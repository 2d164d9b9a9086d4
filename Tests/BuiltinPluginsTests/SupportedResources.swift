import AutoTagger
import BuiltinPlugins
import Foundation

/// What the catalogue can tag, as tables for people.
struct SupportedResources {
    /// A service's resources, under its plugin's name.
    private struct Service {
        let plugin: String
        /// AWS's name for it: what the first line of its plugin.yaml says.
        let title: String
        let handlers: [any ResourceHandler]

        var types: [ResourceType] { Set(handlers.flatMap(\.produces)).sorted { $0.description < $1.description } }
        var events: Set<Trigger> { Set(handlers.flatMap(\.triggers)) }
    }

    private let all: [Service]

    init() throws {
        let titles = BuiltinCatalogue.declarations.map { file, text in
            let first = text.prefix { $0 != "\n" }
            return (
                String(file.split(separator: "/")[1]), first.trimmingCharacters(in: CharacterSet(charactersIn: "# ."))
            )
        }
        let titleOf = Dictionary(titles) { first, _ in first }
        let registered = try HandlerRegistry(catalogue: BuiltinCatalogue()).all()
        all = Dictionary(grouping: registered, by: \.plugin).map { plugin, entries in
            Service(plugin: plugin, title: titleOf[plugin] ?? plugin, handlers: entries.map(\.handler))
        }.sorted { $0.plugin < $1.plugin }
    }

    /// A row a service, folded away, since there are hundreds.
    var services: String {
        let types = all.reduce(0) { $0 + $1.types.count }
        let events = all.reduce(0) { $0 + $1.events.count }
        let rows = all.map { service in
            "| [`\(service.plugin)`](docs/supported-resources.md#\(service.plugin)) | \(service.title)"
                + " | \(service.types.count) | \(service.events.count) |"
        }
        return """
            \(types) types of resources of \(all.count) services, made by \(events) events:
            [docs/supported-resources.md](docs/supported-resources.md) has them all.

            <details><summary>The services</summary>

            | Plugin | Service | Resources | Events |
            |---|---|---|---|
            \(rows.joined(separator: "\n"))

            </details>

            """
    }

    /// Every resource with the events that make it and the call that tags it.
    var page: String {
        let sections = all.map { service in
            let rows = service.types.map { type in row(type, of: service) }
            return """
                ## \(service.plugin)

                \(service.title).

                | Resource | Made by | Tagged by |
                |---|---|---|
                \(rows.joined(separator: "\n"))

                """
        }
        return """
            # Supported resources

            What AutoTagger can tag, a section a service. `make docs` writes this page from the files in
            [`Plugins`](../Plugins); `autotagger handlers list` prints the same with your own handlers among them. Resources marked
            *off* are jobs, sessions and executions that end by themselves: `handlers: {enable: ["batch:job"]}` switches one on.

            \(sections.joined(separator: "\n"))
            """
    }

    private func row(_ type: ResourceType, of service: Service) -> String {
        let handlers = service.handlers.filter { $0.produces.contains(type) }
        let names = Set(handlers.flatMap { $0.triggers.map(\.eventName) }).sorted().map { "`\($0)`" }
        let calls = Set(handlers.map(\.tagging.description)).sorted().map { "`\($0)`" }
        let isOff = handlers.allSatisfy(\.isEphemeral)
        return
            "| `\(type)`\(isOff ? " *off*" : "") | \(names.joined(separator: ", ")) | \(calls.joined(separator: ", ")) |"
    }
}
