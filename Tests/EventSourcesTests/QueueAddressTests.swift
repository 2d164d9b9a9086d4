import EventSources
import Testing

/// What a queue's URL says, for every form that AWS and its doubles give out.
@Suite struct QueueAddressTests {
    @Test(
        arguments: [
            ("https://sqs.eu-central-1.amazonaws.com/123456789012/autotagger", "autotagger", "eu-central-1", nil),
            ("https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q", "q", "cn-north-1", nil),
            ("https://SQS.EU-West-1.AmazonAWS.com/123456789012/q", "q", "eu-west-1", nil),
            (
                "https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/q", "q", "us-gov-west-1",
                "https://sqs-fips.us-gov-west-1.amazonaws.com"
            ),
            ("https://sqs.eu-west-1.api.aws/123456789012/q", "q", "eu-west-1", "https://sqs.eu-west-1.api.aws"),
            (
                "https://sqs-fips.us-east-2.api.aws/123456789012/q", "q", "us-east-2",
                "https://sqs-fips.us-east-2.api.aws"
            ),
            ("https://eu-west-1.queue.amazonaws.com/123456789012/q.fifo", "q.fifo", "eu-west-1", nil),
            ("https://queue.amazonaws.com/123456789012/q", "q", "us-east-1", nil),
            (
                "https://vpce-0a1b-2c3d.sqs.us-east-1.vpce.amazonaws.com/123456789012/q", "q", "us-east-1",
                "https://vpce-0a1b-2c3d.sqs.us-east-1.vpce.amazonaws.com"
            ),
            ("http://localhost:4566/000000000000/q", "q", nil, "http://localhost:4566"),
            ("http://127.0.0.1:9324/queue/q", "q", nil, "http://127.0.0.1:9324"),
        ] as [(String, String, String?, String?)])
    func isRead(url: String, name: String, region: String?, endpoint: String?) throws {
        let address = try QueueAddress(url)
        #expect(address.url == url && address.name == name)
        #expect(address.region == region && address.endpoint == endpoint)
    }

    @Test(arguments: [
        "", "autotagger", "arn:aws:sqs:eu-central-1:123456789012:q", "https://sqs.eu-central-1.amazonaws.com/",
        "ftp://x/y/z",
    ])
    func orRefusedWithAnExample(text: String) throws {
        let error = #expect(throws: QueueAddress.Invalid.self) { try QueueAddress(text) }
        #expect(error?.description.contains("https://sqs.eu-central-1.amazonaws.com/123456789012/NAME") == true)
    }
}
