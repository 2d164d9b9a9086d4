import AWSTestServer
import BenchmarkReplies
import Foundation
import Locking

/// SQS, EC2 and STS as far as one event needs them, with every answer made beforehand where that can be.
final class InstantAWS: Sendable {
    /// What the events tell of.
    enum Kind: String {
        /// One volume an event: nothing is to be looked up.
        case volumes
        /// One instance an event, with a volume and an interface that are to be looked up.
        case launches
    }

    private struct State {
        var handedOut = 0
        var deleted = 0
        var tagged = 0
        var calls: [String: Int] = [:]
    }

    private let bodies: [String]
    private let state = Locked(State())

    init(events: Int, kind: Kind) {
        bodies = (0..<events).map { QueuedEvent.body(number: $0, kind: kind) }
    }

    /// What was asked so far, as one line of JSON.
    var account: String {
        state.withLock { state in
            let calls = state.calls.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
            return "{\"deleted\": \(state.deleted), \"tagged\": \(state.tagged),"
                + " \"calls\": {\(calls.joined(separator: ", "))}}"
        }
    }

    /// Answers a request.
    func answer(_ request: ReceivedRequest) -> ServerReply {
        let body = String(decoding: request.body, as: UTF8.self)
        if let target = request.headers["x-amz-target"] {
            let operation = target.split(separator: ".").last.map(String.init) ?? ""
            return json(sqs(operation, body))
        }
        return xml(query(Self.parameter("Action", in: body[...]) ?? "", body))
    }

    private func sqs(_ operation: String, _ body: String) -> (text: String, wait: Int) {
        switch operation {
        case "ReceiveMessage":
            let wanted = Self.number(after: "\"MaxNumberOfMessages\":", in: body) ?? 1
            let range = state.withLock { state in
                state.calls[operation, default: 0] += 1
                let start = state.handedOut
                state.handedOut = min(bodies.count, start + wanted)
                return start..<state.handedOut
            }
            guard !range.isEmpty else {
                // A long poll of an empty queue, as SQS plays it.
                return ("{}", (Self.number(after: "\"WaitTimeSeconds\":", in: body) ?? 0) * 1000)
            }
            let messages = range.map { number in
                "{\"MessageId\":\"m\(number)\",\"ReceiptHandle\":\"r\(number)\","
                    + "\"Attributes\":{\"ApproximateReceiveCount\":\"1\",\"SentTimestamp\":\"1767600000000\"},"
                    + "\"Body\":\(bodies[number])}"
            }
            return ("{\"Messages\":[\(messages.joined(separator: ","))]}", 0)
        case "DeleteMessage", "DeleteMessageBatch":
            let ids = Self.count("\"Id\"", in: body)
            state.withLock { state in
                state.calls[operation, default: 0] += 1
                state.deleted += operation == "DeleteMessage" ? 1 : ids
            }
            let entries = (0..<ids).map { "{\"Id\":\"\($0)\"}" }.joined(separator: ",")
            return (operation == "DeleteMessage" ? "{}" : "{\"Successful\":[\(entries)],\"Failed\":[]}", 0)
        case "GetQueueAttributes":
            return ("{\"Attributes\":{\"RedrivePolicy\":\"{\\\"maxReceiveCount\\\":\\\"5\\\"}\"}}", 0)
        default:
            state.withLock { $0.calls[operation, default: 0] += 1 }
            return ("{}", 0)
        }
    }

    private func query(_ action: String, _ body: String) -> String {
        state.withLock { state in
            state.calls[action, default: 0] += 1
            if action == "CreateTags" { state.tagged += Self.count("ResourceId.", in: body) }
        }
        switch action {
        case "GetCallerIdentity":
            return "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>"
                + "<Arn>arn:aws:iam::123456789012:user/tagger</Arn><UserId>U</UserId></GetCallerIdentityResult>"
                + "</GetCallerIdentityResponse>"
        case "DescribeInstances":
            // By ids or by a filter, as the two sides ask.
            let ids = Self.parameters("InstanceId.", in: body) + Self.parameters("Filter.1.Value.", in: body)
            return InstanceDescriptions.reply(ids.map { ($0, QueuedEvent.time(ofInstance: $0)) })
        default:
            return "<\(action)Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>"
                + "<return>true</return></\(action)Response>"
        }
    }

    private func json(_ reply: (text: String, wait: Int)) -> ServerReply {
        .response(headers: [("Content-Type", "application/x-amz-json-1.0")], body: reply.text, after: reply.wait)
    }

    private func xml(_ text: String) -> ServerReply {
        .response(headers: [("Content-Type", "text/xml;charset=UTF-8")], body: text)
    }

    private static func number(after key: String, in text: String) -> Int? {
        guard let range = text.firstRange(of: key) ?? text.firstRange(of: key + " ") else { return nil }
        return Int(text[range.upperBound...].drop { $0 == " " }.prefix { $0.isNumber })
    }

    private static func count(_ word: String, in text: String) -> Int {
        var found = 0
        let (bytes, wanted) = (Array(text.utf8), Array(word.utf8))
        var place = 0
        while place + wanted.count <= bytes.count {
            if bytes[place] == wanted[0], bytes[place..<(place + wanted.count)].elementsEqual(wanted) {
                found += 1
                place += wanted.count
            } else {
                place += 1
            }
        }
        return found
    }

    private static func parameter(_ name: String, in body: Substring) -> String? {
        for part in body.split(separator: "&") where part.hasPrefix(name + "=") {
            return String(part.dropFirst(name.count + 1))
        }
        return nil
    }

    private static func parameters(_ prefix: String, in body: String) -> [String] {
        body.split(separator: "&").filter { $0.hasPrefix(prefix) }.compactMap {
            $0.split(separator: "=").last.map(String.init)
        }
    }
}
