import EventBridge
import JSON
import Testing

/// The semantics of AWS's user guide, operator by operator: what a pattern lets through and what it does not.
@Suite struct PatternTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let pattern: String
        let lets: [String]
        let stops: [String]

        var testDescription: String { pattern }
    }

    static let cases = [
        // Values: any of the list; of an array in the event any element.
        Case(
            pattern: #"{"source": ["aws.ec2", "aws.s3"]}"#,
            lets: [#"{"source": "aws.ec2"}"#, #"{"source": "aws.s3", "more": 1}"#, #"{"source": ["x", "aws.s3"]}"#],
            stops: [#"{"source": "aws.EC2"}"#, #"{"Source": "aws.ec2"}"#, #"{}"#, #"{"source": null}"#]),
        Case(
            pattern: #"{"a": [null]}"#, lets: [#"{"a": null}"#], stops: [#"{"a": ""}"#, #"{"a": 0}"#, #"{}"#]),
        Case(pattern: #"{"a": [""]}"#, lets: [#"{"a": ""}"#], stops: [#"{"a": null}"#, #"{}"#]),
        Case(
            pattern: #"{"detail": {"readOnly": [false]}}"#, lets: [#"{"detail": {"readOnly": false}}"#],
            stops: [#"{"detail": {"readOnly": "false"}}"#, #"{"detail": {"readOnly": true}}"#, #"{"detail": {}}"#]),
        Case(pattern: #"{"n": [300]}"#, lets: [#"{"n": 300}"#], stops: [#"{"n": "300"}"#, #"{"n": 301}"#]),
        // All fields must match.
        Case(
            pattern: #"{"a": ["1"], "b": {"c": ["2"]}}"#, lets: [#"{"a": "1", "b": {"c": "2"}}"#],
            stops: [#"{"a": "1", "b": {"c": "3"}}"#, #"{"a": "0", "b": {"c": "2"}}"#, #"{"a": "1"}"#]),
        // Texts.
        Case(
            pattern: #"{"n": [{"prefix": "Create"}]}"#, lets: [#"{"n": "CreateVpc"}"#, #"{"n": "Create"}"#],
            stops: [#"{"n": "createVpc"}"#, #"{"n": "Creat"}"#, #"{"n": 5}"#, #"{}"#]),
        Case(
            pattern: #"{"n": [{"prefix": {"equals-ignore-case": "create"}}]}"#, lets: [#"{"n": "CREATEVpc"}"#],
            stops: [#"{"n": "DeleteVpc"}"#]),
        Case(
            pattern: #"{"n": [{"suffix": ".png"}]}"#, lets: [#"{"n": "a.png"}"#], stops: [#"{"n": "a.PNG"}"#]),
        Case(
            pattern: #"{"n": [{"suffix": {"equals-ignore-case": ".png"}}]}"#, lets: [#"{"n": "a.PNG"}"#],
            stops: [#"{"n": "a.jpg"}"#]),
        Case(
            pattern: #"{"n": [{"equals-ignore-case": "alice"}]}"#, lets: [#"{"n": "Alice"}"#, #"{"n": "ALICE"}"#],
            stops: [#"{"n": "alicia"}"#]),
        Case(
            pattern: #"{"n": [{"wildcard": "dir/*.png"}]}"#,
            lets: [#"{"n": "dir/a.png"}"#, #"{"n": "dir/.png"}"#, #"{"n": "dir/a/b.png.png"}"#],
            stops: [#"{"n": "dir/a.pn"}"#, #"{"n": "dor/a.png"}"#]),
        Case(
            pattern: #"{"n": [{"wildcard": "*a*b*"}]}"#, lets: [#"{"n": "ab"}"#, #"{"n": "xaxbx"}"#],
            stops: [#"{"n": "ba"}"#]),
        Case(
            pattern: #"{"n": [{"wildcard": "a\\*b\\\\*"}]}"#, lets: [#"{"n": "a*b\\"}"#, #"{"n": "a*b\\c"}"#],
            stops: [#"{"n": "axb\\"}"#]),
        Case(pattern: #"{"n": [{"wildcard": "ab*ba"}]}"#, lets: [#"{"n": "abba"}"#], stops: [#"{"n": "aba"}"#]),
        // Presence, of leaves only.
        Case(
            pattern: #"{"detail": {"errorCode": [{"exists": false}]}}"#,
            lets: [#"{"detail": {"x": 1}}"#, #"{}"#, #"{"detail": {"errorCode": {"inner": 1}}}"#],
            stops: [#"{"detail": {"errorCode": "AccessDenied"}}"#, #"{"detail": {"errorCode": null}}"#]),
        Case(
            pattern: #"{"a": [{"exists": true}]}"#, lets: [#"{"a": 0}"#, #"{"a": null}"#, #"{"a": ["x"]}"#],
            stops: [#"{}"#, #"{"a": {"b": 1}}"#, #"{"a": []}"#]),
        Case(
            pattern: #"{"a": ["x", {"exists": false}]}"#, lets: [#"{}"#, #"{"a": "x"}"#], stops: [#"{"a": "y"}"#]),
        // Anything but: the field must be there.
        Case(
            pattern: #"{"s": [{"anything-but": "stopped"}]}"#, lets: [#"{"s": "running"}"#, #"{"s": 5}"#],
            stops: [#"{"s": "stopped"}"#, #"{}"#]),
        Case(
            pattern: #"{"s": [{"anything-but": ["a", "b"]}]}"#, lets: [#"{"s": "c"}"#],
            stops: [#"{"s": "a"}"#, #"{"s": "b"}"#]),
        Case(pattern: #"{"s": [{"anything-but": [1, 2]}]}"#, lets: [#"{"s": 3}"#], stops: [#"{"s": 1}"#]),
        Case(
            pattern: #"{"s": [{"anything-but": {"prefix": "Describe"}}]}"#, lets: [#"{"s": "CreateVpc"}"#],
            stops: [#"{"s": "DescribeVpcs"}"#, #"{}"#]),
        Case(
            pattern: #"{"s": [{"anything-but": {"suffix": ["x", "y"]}}]}"#, lets: [#"{"s": "z"}"#],
            stops: [#"{"s": "ax"}"#, #"{"s": "ay"}"#]),
        Case(
            pattern: #"{"s": [{"anything-but": {"equals-ignore-case": ["A"]}}]}"#, lets: [#"{"s": "b"}"#],
            stops: [#"{"s": "a"}"#]),
        Case(
            pattern: #"{"s": [{"anything-but": {"wildcard": "*/lib/*"}}]}"#, lets: [#"{"s": "a/b"}"#],
            stops: [#"{"s": "a/lib/b"}"#]),
        // Numbers.
        Case(
            pattern: #"{"n": [{"numeric": [">", 0, "<=", 5]}]}"#, lets: [#"{"n": 5}"#, #"{"n": 0.5}"#],
            stops: [#"{"n": 0}"#, #"{"n": 6}"#, #"{"n": "3"}"#]),
        // $or: beside other fields, on any level, nested.
        Case(
            pattern: #"{"s": ["c"], "$or": [{"m": ["1"]}, {"n": ["2"], "o": ["3"]}]}"#,
            lets: [#"{"s": "c", "m": "1"}"#, #"{"s": "c", "n": "2", "o": "3"}"#],
            stops: [#"{"s": "c", "n": "2"}"#, #"{"m": "1"}"#, #"{"s": "c"}"#]),
        Case(
            pattern: #"{"d": {"$or": [{"a": ["1"]}, {"b": {"$or": [{"c": ["2"]}, {"e": ["3"]}]}}]}}"#,
            lets: [#"{"d": {"a": "1"}}"#, #"{"d": {"b": {"e": "3"}}}"#], stops: [#"{"d": {"b": {"c": "3"}}}"#]),
        // An array of objects: one element must meet it all.
        Case(
            pattern: #"{"list": {"a": ["1"], "b": ["2"]}}"#,
            lets: [#"{"list": [{"a": "0"}, {"a": "1", "b": "2"}]}"#, #"{"list": {"a": "1", "b": "2"}}"#],
            stops: [#"{"list": [{"a": "1", "b": "0"}, {"a": "0", "b": "2"}]}"#]),
    ]

    @Test("lets through what AWS's guide says, and nothing else", arguments: cases)
    func semantics(_ sample: Case) throws {
        let pattern = try EventBridgePattern(sample.pattern)
        for event in sample.lets { #expect(pattern.matches(try JSONValue(parsing: event)), "\(event)") }
        for event in sample.stops { #expect(!pattern.matches(try JSONValue(parsing: event)), "\(event)") }
    }

    @Test(
        "one alternative, or an operator's name in one, makes $or an ordinary field's name",
        arguments: [#"{"$or": [{"exists": true}, {"prefix": "x"}]}"#, #"{"$or": {"a": ["1"]}}"#])
    func orAsFieldName(pattern: String) throws {
        #expect(!(try EventBridgePattern(pattern)).matches(["a": "1"]))
    }

    @Test(
        "refuses what EventBridge refuses, and what it cannot judge",
        arguments: [
            "", "[]", "{}", #"{"a": "text"}"#, #"{"a": []}"#, #"{"a": [["x"]]}"#, #"{"a": [{"regex": "x"}]}"#,
            #"{"a": [{"prefix": 5}]}"#, #"{"a": [{"prefix": "x", "suffix": "y"}]}"#, #"{"a": [{"exists": "yes"}]}"#,
            #"{"a": [{"anything-but": {"numeric": ["=", 1]}}]}"#, #"{"a": [{"anything-but": []}]}"#,
            #"{"a": [{"numeric": [">"]}]}"#, #"{"a": [{"wildcard": "a**b"}]}"#, #"{"a": [{"wildcard": "a\\b"}]}"#,
            #"{"a": [{"cidr": "10.0.0.0/8"}]}"#, #"{"$or": [{"a": ["1"]}]}"#,
        ])
    func refusals(pattern: String) {
        #expect(throws: PatternError.self) { try EventBridgePattern(pattern) }
    }

    @Test("names the fields it asks about, and can take some of them as met")
    func openFields() throws {
        let pattern = try EventBridgePattern(
            #"{"source": ["aws.ec2"], "detail": {"$or": [{"userIdentity": {"type": ["Root"]}}, {"x": [1]}]}}"#)
        #expect(pattern.fields == ["source", "detail.userIdentity.type", "detail.x"])
        #expect(!pattern.matches(["source": "aws.ec2"]))
        #expect(pattern.matches(["source": "aws.ec2"]) { $0 == "detail.userIdentity.type" })
        #expect(!pattern.matches(["source": "aws.s3"]) { $0 == "detail.userIdentity.type" })
    }
}
