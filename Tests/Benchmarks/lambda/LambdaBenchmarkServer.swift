import AWSTestServer
import Foundation
import JSON

/// Lambda's Runtime API and an AWS that answers at once, for a function that is being measured.
///
/// `lambda-benchmark-server INVOCATIONS EVENT` hands out that many launches, each with an instance, a volume and an interface of
/// its own. It prints its two addresses, `next` when the function asks for its first event, and at the end of standard input the
/// number of answers and of calls.
@main struct LambdaBenchmarkServer {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let count = Int(arguments[1]) else {
            print("usage: lambda-benchmark-server INVOCATIONS EVENT")
            exit(64)
        }
        let template = try String(contentsOfFile: arguments[2], encoding: .utf8)
        let events = (0..<max(1, count)).map { number in
            template.replacing("i-0a1b2c3d4e5f60718", with: "i-\(number)")
                .replacing("eni-0a1b2c3d4e5f60718", with: "eni-\(number)")
                .replacing("8f0e5b3a-7f0d-4c39-9d0c-1a2b3c4d5e6f", with: "event-\(number)")
        }
        let aws = try LoopbackServer(answer)
        let plane = try LambdaControlPlane(events: events, invocations: count, onFirstNext: { say("next") })
        say("\(plane.address) \(aws.url)")
        while readLine() != nil {}
        let good = plane.answers.count { $0.kind == "response" }
        say(#"{"answers": \#(good), "calls": \#(aws.counts.requests)}"#)
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    private static func answer(_ request: ReceivedRequest) -> ServerReply {
        let form = String(decoding: request.body, as: UTF8.self)
        let instance = form.firstMatch(of: /(i-[0-9]+)/).map { String($0.1) } ?? "i-0"
        let volume = instance.replacing("i-", with: "vol-")
        let interface = instance.replacing("i-", with: "eni-")
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
                """
                <DescribeInstancesResponse><requestId>r</requestId><reservationSet><item><instancesSet><item>\
                <instanceId>\(instance)</instanceId><instanceState><code>16</code><name>running</name></instanceState>\
                <rootDeviceName>/dev/xvda</rootDeviceName><rootDeviceType>ebs</rootDeviceType><blockDeviceMapping><item>\
                <deviceName>/dev/xvda</deviceName><ebs><volumeId>\(volume)</volumeId>\
                <attachTime>2023-08-03T04:36:28Z</attachTime></ebs></item></blockDeviceMapping><networkInterfaceSet><item>\
                <networkInterfaceId>\(interface)</networkInterfaceId><attachment><deviceIndex>0</deviceIndex>\
                <attachTime>2023-08-03T04:36:27Z</attachTime></attachment></item></networkInterfaceSet></item>\
                </instancesSet></item></reservationSet></DescribeInstancesResponse>
                """
            case "DescribeVolumes":
                """
                <DescribeVolumesResponse><requestId>r</requestId><volumeSet><item><volumeId>\(volume)</volumeId>\
                <attachmentSet><item><instanceId>\(instance)</instanceId></item></attachmentSet></item></volumeSet>\
                </DescribeVolumesResponse>
                """
            case "DescribeTags": "<DescribeTagsResponse><requestId>r</requestId><tagSet/></DescribeTagsResponse>"
            case let action?:
                "<\(action)Response><requestId>r</requestId><return>true</return></\(action)Response>"
            case nil: ""
            }
        return .response(headers: [("Content-Type", "text/xml;charset=UTF-8")], body: body)
    }
}
