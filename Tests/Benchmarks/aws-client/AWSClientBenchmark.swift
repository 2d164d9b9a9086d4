import AWSClient
import AWSTestServer
import CurlHTTP
import Foundation
import JSON

/// Either the server that both clients call (`serve`), or this project's client (`call URL CALLS TASKS`).
@main struct AWSClientBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        switch arguments.dropFirst().first {
        case "serve": try serve()
        case "call" where arguments.count == 5:
            guard let calls = Int(arguments[3]), let tasks = Int(arguments[4]) else { usage() }
            try await call(arguments[2], calls: calls, tasks: tasks)
        default: usage()
        }
    }

    private static func usage() -> Never {
        print("usage: aws-client-benchmark serve | call URL CALLS TASKS")
        exit(64)
    }

    /// Answers every request with a DescribeTags reply of twenty tags until the caller closes standard input.
    private static func serve() throws {
        let items = (0..<20).map { number in
            "<item><resourceId>i-\(number)</resourceId><resourceType>instance</resourceType><key>Owner</key>"
                + "<value>someone-\(number)@example.com</value></item>"
        }
        let reply = """
            <?xml version="1.0" encoding="UTF-8"?>
            <DescribeTagsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>\
            <tagSet>\(items.joined())</tagSet></DescribeTagsResponse>
            """
        let server = try LoopbackServer { _ in
            .response(headers: [("Content-Type", "text/xml;charset=UTF-8")], body: reply)
        }
        print(server.url)
        fflush(nil)
        while readLine() != nil {}
        server.stop()
    }

    private static func call(_ url: String, calls: Int, tasks: Int) async throws {
        let client = AWSClient(
            configuration: AWSConfiguration(endpointURL: url),
            transport: CurlTransport(configuration: CurlConfiguration(maximumConnectionsPerHost: tasks)),
            environment: [
                "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token",
            ]
        )
        let operation = AWSOperation(.ec2, "DescribeTags")
        let input: JSONValue = ["Filter": [["Name": "resource-id", "Value": ["i-1", "i-2"]]]]
        func run(_ count: Int) async throws {
            for _ in 0..<count {
                let reply = try await client.call(operation, input, in: AWSScope(region: "eu-central-1"))
                guard reply.output["tagSet"]?["item"]?.array?.count == 20 else {
                    fatalError("a reply without its tags")
                }
            }
        }
        try await run(100)
        let start = (wall: ContinuousClock.now, cpu: cpuSeconds())
        try await withThrowingTaskGroup { group in
            for _ in 0..<tasks { group.addTask { try await run(calls / tasks) } }
            try await group.waitForAll()
        }
        let seconds = start.wall.duration(to: .now) / .seconds(1)
        let count = calls / tasks * tasks
        print(#"{"calls": \#(count), "seconds": \#(seconds), "cpu": \#(cpuSeconds() - start.cpu)}"#)
    }

    /// The processor time of all threads of this process.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
