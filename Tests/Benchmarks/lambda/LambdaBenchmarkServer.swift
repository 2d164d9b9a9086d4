import AWSTestServer
import BenchmarkReplies
import Foundation
import JSON

/// Lambda's Runtime API and an AWS that answers at once, for a function that is being measured.
///
/// `lambda-benchmark-server EVENTS BATCH RECORD` hands out that many launches, each with an instance, a volume and an interface of
/// its own: as EventBridge sends them where a batch is 0, else in batches of a queue. It prints its two addresses, `next` when the
/// function asks for its first event, and at the end of standard input the number of answers and of calls.
@main struct LambdaBenchmarkServer {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let count = Int(arguments[1]), let batch = Int(arguments[2]) else {
            print("usage: lambda-benchmark-server EVENTS BATCH RECORD")
            exit(64)
        }
        let template = try Data(contentsOf: URL(filePath: arguments[3]))
        let record = try JSONValue(parsing: template)
        let text = record.compactText
        let launch = record["eventTime"]?.string ?? ""
        let events = (0..<max(1, count)).map { delivered(text, number: $0, at: launch) }
        let invocations =
            batch == 0
            ? events
            : stride(from: 0, to: events.count, by: batch).map { start in
                batched(events[start..<min(start + batch, events.count)], from: start)
            }
        let aws = try LoopbackServer { answer($0, launch) }
        let plane = try LambdaControlPlane(
            events: invocations, invocations: invocations.count, onFirstNext: { say("next") })
        say("\(plane.address) \(aws.url)")
        while readLine() != nil {}
        let good = plane.answers.filter { $0.kind == "response" }
        let failed = good.count { $0.body.contains("itemIdentifier") }
        say(
            #"{"answers": \#(good.count - failed), "invocations": \#(invocations.count), "calls": \#(aws.counts.requests)}"#
        )
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    /// One event as its rule sends it.
    private static func delivered(_ record: String, number: Int, at time: String) -> String {
        let own = record.replacing("i-0a1b2c3d4e5f60718", with: "i-\(number)")
            .replacing("eni-0a1b2c3d4e5f60718", with: "eni-\(number)")
            .replacing("8f0e5b3a-7f0d-4c39-9d0c-1a2b3c4d5e6f", with: "event-\(number)")
        return #"{"version":"0","id":"\#(number)","detail-type":"AWS API Call via CloudTrail","source":"aws.ec2","#
            + #""account":"123456789101","time":"\#(time)","region":"ap-northeast-2","resources":[],"detail":\#(own)}"#
    }

    /// Some events as Lambda hands on what it received from a queue.
    private static func batched(_ events: ArraySlice<String>, from start: Int) -> String {
        let records = events.enumerated().map { place, event -> JSONValue in
            [
                "messageId": .string("message-\(start + place)"), "receiptHandle": .string("receipt-\(start + place)"),
                "body": .string(event),
                "attributes": [
                    "ApproximateReceiveCount": "1", "SentTimestamp": "1691037388000", "SenderId": "AIDAEXAMPLE",
                    "ApproximateFirstReceiveTimestamp": "1691037388001",
                ],
                "messageAttributes": [:], "md5OfBody": "d41d8cd98f00b204e9800998ecf8427e", "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:ap-northeast-2:123456789101:autotagger", "awsRegion": "ap-northeast-2",
            ]
        }
        return JSONValue.object(["Records": .array(records)]).compactText
    }

    private static func answer(_ request: ReceivedRequest, _ launch: String) -> ServerReply {
        let form = String(decoding: request.body, as: UTF8.self)
        let body =
            switch form.firstMatch(of: /Action=([A-Za-z]+)/).map({ String($0.1) }) {
            case "GetCallerIdentity":
                """
                <GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789101</Account>\
                <Arn>arn:aws:sts::123456789101:assumed-role/autotagger/session</Arn><UserId>u</UserId>\
                </GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>\
                </GetCallerIdentityResponse>
                """
            case "DescribeInstances":
                // By ids or by a filter, as the two sides ask.
                InstanceDescriptions.reply(form.matches(of: /=(i-[0-9]+)/).map { (String($0.1), launch) })
            case "DescribeTags": "<DescribeTagsResponse><requestId>r</requestId><tagSet/></DescribeTagsResponse>"
            case let action?:
                "<\(action)Response><requestId>r</requestId><return>true</return></\(action)Response>"
            case nil: ""
            }
        return .response(headers: [("Content-Type", "text/xml;charset=UTF-8")], body: body)
    }
}
