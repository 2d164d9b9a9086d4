import ArgumentParser
import JSON

/// `autotagger generate terraform`.
struct GenerateTerraformCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "terraform",
        abstract: "Writes what the Terraform module takes from the handlers: patterns and permissions.",
        discussion: """
            The module is config/deploy/terraform; its own handlers.json is this for the built-in handlers and \
            the default tags. For other settings or handlers of your own, write it to a file that the module's \
            variable handlers_file names, and again whenever they change.

            Example:
              autotagger generate terraform --config autotagger.yaml > handlers.json
              # module "autotagger" { source = "…", handlers_file = "${path.module}/handlers.json" }
            """
    )

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let loaded = try LoadedSettings(global, in: context)
        let pattern = try loaded.eventPattern()
        let document: JSONValue = [
            "eventPatterns": ["broad": pattern.broad, "exact": .array(pattern.exact)],
            "policies": .array(try loaded.rolePolicies(warn: context.errors)),
        ]
        context.output(document.laidOut() + "\n")
    }
}
