internal import AWSClient
private import Configuration
internal import CurlHTTP
public import EventSources

extension Assembly {
    /// The queues at some addresses, each with so many receivers.
    ///
    /// Long polls hold a connection for twenty seconds each. They have a transport of their own, so that deleting and tagging
    /// never wait for one of them to end.
    public func queues(_ addresses: [QueueAddress], receivers: Int) -> [any MessageQueue] {
        var polling = CurlConfiguration(environment: environment)
        polling.maximumConnections = max(1, addresses.count * receivers)
        polling.maximumConnectionsPerHost = polling.maximumConnections
        let polls = client.with(transport: CurlTransport(configuration: polling))
        return addresses.map { address in
            guard !namesEndpoint, let endpoint = address.endpoint else {
                return SQSQueue(address, client: client, polling: polls, region: region)
            }
            let elsewhere = [AWSService.sqs.id: endpoint]
            return SQSQueue(
                address, client: client.with(endpointURLs: elsewhere), polling: polls.with(endpointURLs: elsewhere),
                region: region)
        }
    }

    /// Whether somebody says where SQS is; then a queue's own host counts for nothing, as with AWS's SDKs.
    private var namesEndpoint: Bool {
        let twins = EnvironmentTwins(environment)
        return settings.aws.endpointURL != nil
            || ["AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL"].contains { twins.foreign($0) != nil }
    }
}
