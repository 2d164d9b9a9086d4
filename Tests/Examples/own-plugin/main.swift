import AutoTagger
import AutoTaggerCLI
import CloudTrail

/// Servers that people order from a broker of the company's own, which logs an event with the ids of the instances.
struct BrokerPlugin: Plugin, ResourceHandler {
    let name = "broker"
    let resource = ResourceType("broker", "server")
    let triggers = [Trigger("broker.example.com", "OrderServers")]
    let tagging = TaggingOperation.ec2
    var handlers: [any ResourceHandler] { [self] }

    func find(in event: CloudTrailEvent) -> Finding {
        let ids = FieldPath("responseElements.servers[].instanceId")?.values(in: event) ?? []
        return Finding(resources: ids.map { TaggableResource(ec2: resource, id: $0, arnType: "instance", of: event) })
    }
}

await AutoTaggerCommand.main(plugins: [BrokerPlugin()])
