import AWSTestServer
import Foundation

// An AWS that answers at once, for daemons and for whatever they are compared with: `daemon-benchmark EVENTS KIND`.
//
// It prints its address, hands out as many events as it was told in messages of a queue, and says on each line of standard
// input what was asked of it. It ends with standard input.

guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[1]),
    let kind = InstantAWS.Kind(rawValue: CommandLine.arguments[2])
else {
    print("usage: daemon-benchmark EVENTS volumes|launches")
    exit(64)
}
let aws = InstantAWS(events: count, kind: kind)
let server = try LoopbackServer { aws.answer($0) }
FileHandle.standardOutput.write(Data("\(server.url)\n".utf8))
while readLine() != nil { FileHandle.standardOutput.write(Data((aws.account + "\n").utf8)) }
server.stop()
