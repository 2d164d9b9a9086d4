public import JSON

/// The table as a ledger needs it, in the words of DynamoDB's `CreateTable`.
///
/// The templates in `config/deploy` are what creates it for use; this is for tests, and for `ledger verify` to compare with.
public enum TableDefinition {
    /// The attribute that holds when an item may be forgotten.
    public static let timeToLive = "expires"

    /// The input of `CreateTable`.
    public static func input(name: String) -> JSONValue {
        [
            "TableName": .string(name), "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": .array(
                ["pk", "sk", "shard", "open", "at"].map {
                    ["AttributeName": .string($0), "AttributeType": "S"]
                }
            ),
            "KeySchema": keys("pk", "sk"),
            "GlobalSecondaryIndexes": .array(
                indexes.map { name, partition in
                    [
                        "IndexName": .string(name), "KeySchema": keys(partition, "at"),
                        "Projection": ["ProjectionType": "KEYS_ONLY"],
                    ]
                }
            ),
        ]
    }

    private static let indexes = [("by_time", "shard"), ("open_by_time", "open")]

    private static func keys(_ partition: String, _ sort: String) -> JSONValue {
        [
            ["AttributeName": .string(partition), "KeyType": "HASH"],
            ["AttributeName": .string(sort), "KeyType": "RANGE"],
        ]
    }

    /// How a table, as `DescribeTable` tells of it, differs.
    static func differences(of table: JSONValue) -> [String] {
        var findings: [String] = []
        func compare(_ what: String, _ found: JSONValue?, _ partition: String, _ sort: String) {
            guard let found else {
                return findings.append("\(what) is missing; create it with the keys \(partition) and \(sort)")
            }
            if found != keys(partition, sort) {
                findings.append("\(what) has other keys than \(partition) (partition) and \(sort) (sort)")
            }
        }
        compare("the table", table["KeySchema"], "pk", "sk")
        for (name, partition) in indexes {
            let index = table["GlobalSecondaryIndexes"]?.array?.first { $0["IndexName"]?.string == name }
            compare("the index \(name)", index?["KeySchema"], partition, "at")
        }
        for attribute in table["AttributeDefinitions"]?.array ?? [] where attribute["AttributeType"]?.string != "S" {
            findings.append("the key \(attribute["AttributeName"]?.string ?? "") is no string")
        }
        return findings
    }
}
