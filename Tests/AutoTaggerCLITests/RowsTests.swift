import JSON
import Testing

@testable import AutoTaggerCLI

/// Each form in which results are printed, as it must come out to the byte.
@Suite struct RowsTests {
    private static let rows = Rows(
        columns: [
            Rows.Column(title: "NAME", key: "name", mayBeCut: true),
            Rows.Column(title: "ONLY CSV", key: "more", inTable: false),
            Rows.Column(title: "N", key: "n"),
        ],
        records: [
            Rows.Record(cells: ["zoë", "plain", "1"], document: ["name": "zoë", "n": 1]),
            Rows.Record(cells: ["山田, \"T\"", "two\nlines", ""], document: ["name": "山田, \"T\"", "n": nil]),
            Rows.Record(cells: ["👩‍💻 e\u{301}\u{1B}[2J", "", "3"], document: ["name": "a/b"]),
        ]
    )

    @Test(arguments: [
        (
            OutputFormat.table,
            "NAME           N\nzoë            1\n山田, \"T\"\n👩‍💻 e\u{301}\\u{1B}[2J  3\n"
        ),
        (
            .csv,
            "name,more,n\r\nzoë,plain,1\r\n\"山田, \"\"T\"\"\",\"two\nlines\",\r\n👩‍💻 e\u{301}\u{1B}[2J,,3\r\n"
        ),
        (.ndjson, "{\"n\":1,\"name\":\"zoë\"}\n{\"n\":null,\"name\":\"山田, \\\"T\\\"\"}\n{\"name\":\"a/b\"}\n"),
        (.json, "[\n{\"n\":1,\"name\":\"zoë\"},\n{\"n\":null,\"name\":\"山田, \\\"T\\\"\"},\n{\"name\":\"a/b\"}\n]\n"),
    ])
    func everyForm(format: OutputFormat, expected: String) {
        #expect(Self.rows.rendered(as: format) == expected)
    }

    @Test(arguments: [(OutputFormat.table, ""), (.csv, "name,more,n\r\n"), (.ndjson, ""), (.json, "[]\n")])
    func nothingFound(format: OutputFormat, expected: String) {
        let rows = Rows(columns: Self.rows.columns, records: [])
        #expect(rows.rendered(as: format) == expected)
    }

    @Test func tableForATerminalCutsWhatMayBeCut() {
        let rows = Rows(
            columns: [Rows.Column(title: "NAME", key: "name", mayBeCut: true), Rows.Column(title: "ID", key: "id")],
            records: [Rows.Record(cells: ["a name of many letters", "0123456789"], document: nil)]
        )
        #expect(rows.rendered(as: .table, terminalWidth: 24) == "NAME          ID\na name of m…  0123456789\n")
        #expect(rows.rendered(as: .table, terminalWidth: 5) == "NAME      ID\na name …  0123456789\n")
    }

    @Test func blocksLeaveOutWhatIsEmptyAndShowTheirParts() {
        let part = Rows(
            columns: [Rows.Column(title: "P", key: "p")],
            records: [Rows.Record(cells: ["x"], document: nil)]
        )
        let none = Rows(columns: part.columns, records: [])
        let rows = Rows(
            layout: .blocks,
            columns: [Rows.Column(title: "One", key: "one"), Rows.Column(title: "Second", key: "two")],
            records: [
                Rows.Record(cells: ["1", "2"], document: nil, parts: [("Part", part), ("None", none)]),
                Rows.Record(cells: ["", "4"], document: nil),
            ]
        )
        #expect(rows.rendered(as: .table) == "One     1\nSecond  2\n\nPart\nP\nx\n\nSecond  4\n")
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("zoë", 3), ("e\u{301}", 1), ("山田", 4), ("한글", 4), ("👩‍💻", 2), ("ﾊ", 1), ("a\u{200B}", 1),
    ])
    func width(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a\nb", "a\\nb"), ("\u{1B}[31m", "\\u{1B}[31m"), ("x\u{202E}y", "x\\u{202E}y"),
        ("👩‍💻", "👩‍💻"),
    ])
    func treacherousCharactersAreShown(text: String, expected: String) {
        #expect(text.oneLine == expected)
    }
}
