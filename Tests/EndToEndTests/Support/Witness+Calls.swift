import JSON
import Testing

/// What boto3 answered, and the record that CloudTrail would write about the call.
struct Witnessed: Sendable {
    let answer: JSONValue
    let event: JSONValue

    /// A text in the answer, by the members on the way to it; of a list the first element counts.
    func text(_ path: String...) throws -> String {
        let value = path.reduce(answer) { ($0[$1] ?? $0.array?.first?[$1]) ?? .null }
        return try #require(value.string, "no \(path) in \(answer.compactText)")
    }
}

extension Witness {
    /// Calls a service, under boto3's names, as somebody.
    func call(
        _ service: String, _ operation: String, _ parameters: JSONValue = [:], as identity: JSONValue = "alice",
        at time: String? = nil, in region: String = "us-east-1"
    ) async throws -> Witnessed {
        let result = try await ask(
            "call",
            [
                "service": .string(service), "operation": .string(operation), "params": parameters,
                "identity": identity, "region": .string(region), "eventTime": time.map { .string($0) } ?? .null,
            ])
        return Witnessed(answer: result["answer"] ?? .null, event: result["event"] ?? .null)
    }
}

extension Witnessed {
    /// The tags in the answer, in whatever form the service tells them.
    var tags: [String: String] {
        var found: [String: String] = [:]
        for value in answer.object?.values ?? [:].values {
            for (key, text) in value.object ?? [:] { found[key] = text.string }
            for tag in value.array ?? [] {
                if let key = tag.member("Key")?.string { found[key] = tag.member("Value")?.string ?? "" }
            }
        }
        return found
    }
}
