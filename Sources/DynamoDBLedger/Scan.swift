internal import AutoTagger
internal import JSON

/// Reading the whole table, page by page, in several segments side by side.
struct Scan: Sendable {
    var input: [String: JSONValue]

    /// The events' items that meet a condition; their number is filtered by DynamoDB, the table is read all the same.
    static func events(
        where condition: String? = nil,
        names: [String: JSONValue] = [:],
        values: [String: JSONValue] = [:]
    ) -> Scan {
        var names = names
        names["#version"] = "version"
        var input: [String: JSONValue] = [
            "FilterExpression": .string(
                ["attribute_exists(#version)", condition].compactMap(\.self).joined(separator: " AND ")),
            "ExpressionAttributeNames": .object(names),
        ]
        if !values.isEmpty { input["ExpressionAttributeValues"] = .object(values) }
        return Scan(input: input)
    }

    /// Everything.
    static let all = Scan(input: [:])

    /// How many segments are read side by side.
    fileprivate static let segments = 4
}

extension DynamoDBLedger {
    /// Scans, and answers what `visit` makes of each page.
    nonisolated func scan<Answer: Sendable>(
        _ scan: Scan,
        _ visit: @escaping @Sendable ([Item]) async throws(LedgerError) -> Answer
    ) async throws(LedgerError) -> [Answer] {
        let answers = try await table.concurrently(Array(0..<Scan.segments)) { [table] segment throws(LedgerError) in
            var input = scan.input
            input["TotalSegments"] = .integer(Int64(Scan.segments))
            input["Segment"] = .integer(Int64(segment))
            var answers: [Answer] = []
            var next: JSONValue?
            repeat {
                let page = try await table.page(.scan, input, from: next)
                if !page.items.isEmpty { answers.append(try await visit(page.items)) }
                next = page.next
            } while next != nil
            return answers
        }
        return answers.flatMap(\.self)
    }
}
