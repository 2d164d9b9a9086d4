internal import AWSClient
internal import AutoTagger
internal import JSON

/// The table: its operations in terms of items, with what DynamoDB leaves undone asked for again.
struct DynamoDBTable: Sendable {
    let name: String
    let region: String
    let client: AWSClient
    let clock: any Clock<Duration>
    let random: @Sendable () -> Double

    /// How many calls of one group are under way at once.
    private static let width = 16
    /// How often what DynamoDB left undone is asked for again before the table counts as too busy.
    private static let patience = 8

    /// Makes one call.
    func call(_ operation: AWSOperation, _ input: [String: JSONValue]) async throws(LedgerError) -> JSONValue {
        do {
            return try await client.call(operation, .object(input), in: AWSScope(region: region)).output
        } catch {
            throw LedgerError(error, table: self)
        }
    }

    /// Writes an item, only where the one that is there has the version expected: 0 for none. Answers whether it had.
    func put(_ item: Item, expecting version: Int64) async throws(LedgerError) -> Bool {
        var input: [String: JSONValue] = ["TableName": .string(name), "Item": item.value]
        if version == 0 {
            input["ConditionExpression"] = "attribute_not_exists(pk)"
        } else {
            input["ConditionExpression"] = "#version = :version"
            input["ExpressionAttributeNames"] = ["#version": "version"]
            input["ExpressionAttributeValues"] = [":version": ["N": .string(String(version))]]
        }
        return try await isMet(.putItem, input)
    }

    /// Removes an item of that version. Answers whether it was there.
    func delete(_ key: ItemKey, version: Int64) async throws(LedgerError) -> Bool {
        try await isMet(
            .deleteItem,
            [
                "TableName": .string(name), "Key": Item(key: key).value, "ConditionExpression": "#version = :version",
                "ExpressionAttributeNames": ["#version": "version"],
                "ExpressionAttributeValues": [":version": ["N": .string(String(version))]],
            ]
        )
    }

    private func isMet(_ operation: AWSOperation, _ input: [String: JSONValue]) async throws(LedgerError) -> Bool {
        do {
            _ = try await client.call(operation, .object(input), in: AWSScope(region: region))
            return true
        } catch {
            if error.code == "ConditionalCheckFailedException" { return false }
            throw LedgerError(error, table: self)
        }
    }

    /// Reads items by their keys, as they are now; those that are not there are left out.
    func items(_ keys: [ItemKey]) async throws(LedgerError) -> [ItemKey: Item] {
        let pages = try await concurrently(keys.chunked(by: 100)) { chunk throws(LedgerError) in
            var found: [Item] = []
            var wanted: JSONValue = [
                "Keys": .array(chunk.map { Item(key: $0).value }), "ConsistentRead": true,
            ]
            for round in 0..<Self.patience {
                let output = try await call(.batchGetItem, ["RequestItems": .object([name: wanted])])
                found += (output["Responses"]?[name]?.array ?? []).compactMap { Item($0) }
                guard let rest = output["UnprocessedKeys"]?[name], !rest.isBlank else { return found }
                wanted = rest
                try await pause(round)
            }
            throw LedgerError.tooBusy(self)
        }
        var items: [ItemKey: Item] = [:]
        for item in pages.joined() { if let key = item.key { items[key] = item } }
        return items
    }

    /// Writes and removes items whatever was there.
    func write(_ items: [Item], removing keys: [ItemKey] = []) async throws(LedgerError) {
        let requests =
            items.map { JSONValue.object(["PutRequest": ["Item": $0.value]]) }
            + keys.map { JSONValue.object(["DeleteRequest": ["Key": Item(key: $0).value]]) }
        // A call takes 25 requests and 16 MB, which 25 parts of resources stay below.
        _ = try await concurrently(requests.chunked(by: 25)) { chunk throws(LedgerError) in
            var wanted = JSONValue.array(chunk)
            for round in 0..<Self.patience {
                let output = try await call(.batchWriteItem, ["RequestItems": .object([name: wanted])])
                guard let rest = output["UnprocessedItems"]?[name], !rest.isBlank else { return }
                wanted = rest
                try await pause(round)
            }
            throw LedgerError.tooBusy(self)
        }
    }

    /// One page of a query or scan, and where the next one begins.
    func page(
        _ operation: AWSOperation,
        _ input: [String: JSONValue],
        from start: JSONValue?
    ) async throws(LedgerError) -> (items: [Item], next: JSONValue?) {
        var input = input
        input["TableName"] = .string(name)
        input["ExclusiveStartKey"] = start
        let output = try await call(operation, input)
        let next = output["LastEvaluatedKey"].flatMap { $0.isBlank ? nil : $0 }
        return ((output["Items"]?.array ?? []).compactMap { Item($0) }, next)
    }

    /// How the table is made, as `DescribeTable` tells of it.
    func layout() async throws(LedgerError) -> JSONValue {
        try await call(.describeTable, ["TableName": .string(name)])["Table"] ?? [:]
    }

    /// Whether time to live is on, or coming on, for the attribute that holds when an item may be forgotten.
    func forgets() async throws(LedgerError) -> Bool {
        let lifetime = try await call(.describeTimeToLive, ["TableName": .string(name)])["TimeToLiveDescription"]
        return ["ENABLED", "ENABLING"].contains(lifetime?["TimeToLiveStatus"]?.string ?? "")
            && lifetime?["AttributeName"]?.string == TableDefinition.timeToLive
    }

    /// Runs work on many things side by side, and answers in their order.
    func concurrently<Element: Sendable, Answer: Sendable>(
        _ elements: [Element],
        _ work: @escaping @Sendable (Element) async throws(LedgerError) -> Answer
    ) async throws(LedgerError) -> [Answer] {
        if elements.count == 1 { return [try await work(elements[0])] }
        let results = await withTaskGroup(of: (Int, Result<Answer, LedgerError>).self) { group in
            var remaining = elements.enumerated().makeIterator()
            func start() {
                guard let (index, element) = remaining.next() else { return }
                group.addTask {
                    do throws(LedgerError) { return (index, .success(try await work(element))) } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<Self.width { start() }
            var results: [(Int, Result<Answer, LedgerError>)] = []
            while let result = await group.next() {
                results.append(result)
                start()
            }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
        var answers: [Answer] = []
        for result in results { answers.append(try result.get()) }
        return answers
    }

    /// Waits before asking again: full jitter, doubling from 50 ms.
    private func pause(_ round: Int) async throws(LedgerError) {
        do {
            try await clock.sleep(for: .milliseconds(50 * (1 << round)) * random())
        } catch {
            throw LedgerError(code: "busy", message: "the ledger \(self) was given up while it was busy")
        }
    }
}

extension DynamoDBTable: CustomStringConvertible {
    /// The table as it is named on the command line.
    var description: String { "dynamodb://\(name)?region=\(region)" }
}

extension Array {
    func chunked(by size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
