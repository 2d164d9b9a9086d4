import CloudTrail
import JSON
import Testing

@Suite struct FieldPathTests {
    /// Real shapes, one a row: response, path, what must be found.
    static let cases: [(name: String, response: JSONValue, path: String, expected: [String])] = [
        ("flat", ["volumeId": "vol-1"], "responseElements.volumeId", ["vol-1"]),
        ("any case", ["aRN": "arn:1"], "responseElements.arn", ["arn:1"]),
        (
            "items wrapper", ["instancesSet": ["items": [["instanceId": "i-1"], ["instanceId": "i-2"]]]],
            "responseElements.instancesSet.items[].instanceId", ["i-1", "i-2"]
        ),
        (
            "one object for a list", ["CreateSnapshotsResponse": ["snapshotSet": ["item": ["snapshotId": "snap-1"]]]],
            "responseElements.snapshotSet.items[].snapshotId", ["snap-1"]
        ),
        (
            "a list in the wrapper", ["X": ["snapshotSet": ["item": [["snapshotId": "a"], ["snapshotId": "b"]]]]],
            "responseElements.snapshotSet.items[].snapshotId", ["a", "b"]
        ),
        (
            "bare text in a set", ["flowLogIdSet": ["item": "fl-1"]], "responseElements.flowLogIdSet.items[]", ["fl-1"]
        ),
        (
            "bare text in a set inside a named wrapper",
            ["CreateSnapshotsResponse": ["flowLogIdSet": ["item": "fl-1"], "requestId": "r"]],
            "responseElements.flowLogIdSet.items[]", ["fl-1"]
        ),
        (
            "bare texts in a set inside a wrapper", ["X": ["flowLogIdSet": ["item": ["fl-1", "fl-2"]]]],
            "responseElements.flowLogIdSet.items[]", ["fl-1", "fl-2"]
        ),
        (
            "a plain list inside a wrapper", ["X": ["ids": ["a", "b"]]], "responseElements.ids[]", ["a", "b"]
        ),
        (
            "no element of a set that is not there", ["vpcId": "vpc-1", "subnetSet": [:]],
            "responseElements.routeSet.items[].vpcId", []
        ),
        ("a set flattened into the response", ["items": [["id": "a"]]], "responseElements.xSet.items[].id", ["a"]),
        ("empty set is an empty text", ["tagSet": ""], "responseElements.tagSet.items[].key", []),
        ("empty set is an empty object", ["instancesSet": [:]], "responseElements.instancesSet.items[].instanceId", []),
        (
            "named wrapper", ["CreateSnapshotsResponse": ["natGateway": ["natGatewayId": "nat-1"]]],
            "responseElements.natGateway.natGatewayId", ["nat-1"]
        ),
        (
            "flattened result", ["dBInstanceArn": "arn:db"], "responseElements.dBInstance.dBInstanceArn", ["arn:db"]
        ),
        ("alternatives", ["arn": "arn:2"], "responseElements.clusterArn ?? responseElements.arn", ["arn:2"]),
        ("number", ["id": 12], "responseElements.id", ["12"]),
        ("flag", ["_return": true], "responseElements._return", ["true"]),
        ("null", ["arn": nil], "responseElements.arn", []),
        ("empty text", ["arn": ""], "responseElements.arn", []),
        ("no guess across siblings", ["a": ["arn": "x"], "b": 1, "c": 2], "responseElements.arn", []),
    ]

    @Test(arguments: cases.indices)
    func findsWhatRecordsHold(index: Int) throws {
        let (name, response, path, expected) = Self.cases[index]
        let event = CloudTrailEvent(record: ["eventName": "CreateSnapshots", "responseElements": response])
        let found = try #require(FieldPath(path)).values(in: event)
        #expect(found == expected, "\(name)")
        #expect(FieldPath(path)?.value(in: event) == expected.first, "\(name)")
    }

    @Test(arguments: ["", "a..b", "a.", ".a", "a ?? ", "${a}", "a[]b[", "a b"])
    func refusesWhatIsNoPath(text: String) {
        #expect(FieldPath(text) == nil)
    }

    @Test(arguments: ["null", "\"\"", "\"null\"", "{}", "\"not json\"", "[]", "7"])
    func nothingIsFoundInEmptyResponses(text: String) throws {
        let event = CloudTrailEvent(record: ["eventName": "X", "responseElements": try JSONValue(parsing: text)])
        #expect(FieldPath("responseElements.arn")?.values(in: event) == [])
    }

    @Test func parametersWrittenAsTextAreOpened() throws {
        let event = CloudTrailEvent(record: ["eventName": "X", "requestParameters": #"{"name":"orders"}"#])
        #expect(FieldPath("requestParameters.name")?.value(in: event) == "orders")
    }
}
