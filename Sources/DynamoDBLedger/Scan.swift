internal import AutoTagger
internal import JSON

/// Reading the events of the whole table, page by page, in several segments side by side.
///
/// DynamoDB filters the items, and reads the table all the same.
struct Scan: Sendable {
    fileprivate let input: [String: JSONValue]

    /// The events that meet a condition, or all of them.
    init(where condition: String? = nil, names: [String: JSONValue] = [:], values: [String: JSONValue] = [:]) {
        let conditions = ["attribute_exists(#version)", condition].compactMap(\.self)
        var input: [String: JSONValue] = [
            "FilterExpression": .string(conditions.joined(separator: " AND ")),
            "ExpressionAttributeNames": .object(names.merging(["#version": "version"]) { own, _ in own }),
        ]
        if !values.isEmpty { input["ExpressionAttributeValues"] = .object(values) }
        self.input = input
    }

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
