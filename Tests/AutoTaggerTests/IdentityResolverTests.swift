import AutoTagger
import CloudTrail
import JSON
import Testing

@Suite struct IdentityResolverTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let event: CloudTrailEvent
        let expected: [String: JSONValue]
        var testDescription: String { name }
    }

    static func cases() throws -> [Case] {
        try (Fixtures.json("identities.json").array ?? []).map { row in
            Case(
                name: row["name"]?.string ?? "",
                event: CloudTrailEvent(
                    record: ["userIdentity": row["userIdentity"] ?? nil, "userAgent": row["userAgent"] ?? nil]),
                expected: row["expect"]?.object ?? [:])
        }
    }

    static let fields: [String: @Sendable (Identity) -> String?] = [
        "type": \.type, "name": \.name, "arn": \.arn, "accountID": \.accountID, "principalID": \.principalID,
        "role": \.role, "session": \.session, "invokedBy": \.invokedBy, "sourceIdentity": \.sourceIdentity,
        "provider": \.provider, "permissionSet": \.permissionSet, "machine": \.machine, "workload": \.workload,
        "broker": \.broker, "alias": \.alias, "display": \.display, "confidence": \.confidence.rawValue,
        "email": \.email,
    ]

    @Test func theTableIsLargeEnough() throws {
        #expect(try Self.cases().count >= 40)
    }

    @Test(arguments: try cases())
    func saysWho(_ row: Case) throws {
        let identity = IdentityResolver().resolve(row.event)
        for (field, expected) in row.expected {
            let read = try #require(Self.fields[field], "no such field: \(field)")
            #expect(read(identity) == expected.string, "\(field)")
        }
        #expect(!identity.name.isEmpty && !identity.display.isEmpty)
    }

    @Test func nothingIsKeptBetweenEvents() throws {
        let resolver = IdentityResolver()
        let cases = try Self.cases()
        let alone = cases.map { IdentityResolver().resolve($0.event) }
        #expect(cases.reversed().map { resolver.resolve($0.event) } == alone.reversed())
    }
}
