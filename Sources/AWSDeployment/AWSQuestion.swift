internal import AWSClient
internal import AWSTagging
internal import AutoTagger
internal import JSON

/// Makes a reading call in the own account, with the failure in the engine's words.
struct AWSQuestion: Sendable {
    /// More pages than any account has rules, and an end to a service that never stops.
    private static let maximumPages = 100

    let client: AWSClient

    /// One call's reply.
    func ask(
        _ operation: AWSOperation, _ input: JSONValue = [:], in region: String
    ) async throws(Failure) -> JSONValue {
        do {
            return try await client.call(operation, input, in: AWSScope(region: region)).output
        } catch {
            throw Failure(error)
        }
    }

    /// One call's reply, or `nil` where AWS says that there is no such thing.
    func find(
        _ operation: AWSOperation, _ input: JSONValue = [:], in region: String
    ) async throws(Failure) -> JSONValue? {
        do throws(Failure) {
            return try await ask(operation, input, in: region)
        } catch {
            // SQS alone says it with neither of the usual words.
            if error.kind == .notFound || error.code.hasSuffix("NonExistentQueue")
                || error.code.hasSuffix("DoesNotExist")
            {
                return nil
            }
            throw error
        }
    }

    /// The elements of a list over all its pages.
    ///
    /// - Parameters:
    ///   - list: the member that holds the list.
    ///   - token: the member of the reply that leads on, and the one of the input that takes it.
    func list(
        _ operation: AWSOperation, _ input: [String: JSONValue], _ list: String,
        token: (reply: String, input: String) = ("NextToken", "NextToken"), in region: String
    ) async throws(Failure) -> [JSONValue] {
        var input = input
        var elements: [JSONValue] = []
        for _ in 0..<Self.maximumPages {
            let reply = try await ask(operation, .object(input), in: region)
            elements += reply.elements(list)
            guard let next = reply[token.reply]?.string, !next.isEmpty else { return elements }
            input[token.input] = .string(next)
        }
        return elements
    }
}

extension JSONValue {
    /// The elements of a member that is a list: in XML they stand in a wrapper, and one alone is no array.
    func elements(_ name: String) -> [JSONValue] {
        guard let list = self[name] else { return [] }
        let inner = list["member"] ?? list
        if let elements = inner.array { return elements }
        return inner.isBlank ? [] : [inner]
    }
}
