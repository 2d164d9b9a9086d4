import ArgumentParser
import JSON

/// `autotagger generate`.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Writes what to deploy, derived from the handlers that are switched on.",
        discussion: """
            Example: the permissions of a role that tags EC2 alone
              autotagger generate iam-policy --config ec2-only.yaml
            """,
        subcommands: [
            GenerateEventPatternCommand.self, GenerateIAMPolicyCommand.self, GenerateCloudFormationCommand.self,
            GenerateTerraformCommand.self,
        ]
    )
}

/// `autotagger generate event-pattern`.
struct GenerateEventPatternCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "event-pattern",
        abstract: "Writes the EventBridge pattern that delivers the events to tag.",
        discussion: """
            One broad pattern by default: by the verbs that names begin with, so some events come that no \
            handler waits for. With --exact an array of patterns, one for each rule, that let only the \
            handlers' events through. Each fits EventBridge's 2,048 characters.

            Example:
              autotagger generate event-pattern > pattern.json
              aws events put-rule --name autotagger --event-pattern file://pattern.json
            """
    )

    @Flag(help: "Patterns for the handlers' events and no others, over as many rules as it takes.")
    var exact = false

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let pattern = try LoadedSettings(global, in: context).eventPattern()
        let document = exact ? .array(pattern.exact) : pattern.broad
        context.output(document.compactText + "\n")
    }
}

/// `autotagger generate iam-policy`.
struct GenerateIAMPolicyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "iam-policy",
        abstract: "Writes the permissions that tagging needs, and no more.",
        discussion: """
            An array of policies, each within the 6,144 characters of a managed policy. Writing is allowed \
            for the configured tags' keys only, where the service knows that condition.

            Example:
              autotagger generate iam-policy
            """
    )

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let policy = try LoadedSettings(global, in: context).iamPolicy()
        context.output(JSONValue.array(policy.documents).compactText + "\n")
    }
}
