import ArgumentParser
import JSON

/// `autotagger generate cloudformation`.
struct GenerateCloudFormationCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "cloudformation",
        abstract: "Writes a CloudFormation template of everything to deploy.",
        discussion: """
            Rules, queue, function or daemon's role, ledger, permissions and alarms, for the handlers that are \
            switched on. With --member what another region, or another account of an organization, needs: rules \
            that forward, and the role to tag with. docs/deploy.md goes through it.

            Example:
              autotagger generate cloudformation --config autotagger.yaml > autotagger.yaml
              aws cloudformation deploy --stack-name autotagger --template-file autotagger.yaml \
            --capabilities CAPABILITY_IAM --parameter-overrides CodeBucket=my-bucket
            """
    )

    @Flag(help: "The template for another region or account, which forwards its events.")
    var member = false

    @Flag(help: "Rules for the handlers' events and no others; the template is then too long to go without a bucket.")
    var exact = false

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let loaded = try LoadedSettings(global, in: context)
        let pattern = try loaded.eventPattern()
        let template = CloudFormationTemplate(
            skeleton: member ? .member : .central,
            patterns: exact ? pattern.exact : [pattern.broad],
            policies: try loaded.rolePolicies(warn: context.errors))
        let text = template.text
        if text.utf8.count > CloudFormationTemplate.longestInRequest {
            context.errors(
                "autotagger: the template is longer than the 51,200 bytes that CloudFormation takes without a bucket: "
                    + "deploy it with --s3-bucket\n")
        }
        context.output(text)
    }
}
