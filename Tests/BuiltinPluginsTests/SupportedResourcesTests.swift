import Foundation
import Testing

/// The tables of what is supported stand in the documentation as the catalogue has them. `make docs` renews them, by
/// running these tests with AUTOTAGGER_UPDATE_SNAPSHOTS=1.
@Suite struct SupportedResourcesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let isRenewing = ProcessInfo.processInfo.environment["AUTOTAGGER_UPDATE_SNAPSHOTS"] == "1"

    @Test func theREADMEHasTheTableOfServices() throws {
        let file = Self.root.appending(path: "README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- supported resources: begin -->\n"))
        let end = try #require(text.range(of: "<!-- supported resources: end -->"))
        let table = try SupportedResources().services
        if Self.isRenewing {
            try Data((text[..<begin.upperBound] + table + text[end.lowerBound...]).utf8).write(to: file)
        } else {
            #expect(text[begin.upperBound..<end.lowerBound] == table, "README.md is stale: run 'make docs'")
        }
    }

    @Test func thePageHasEveryResource() throws {
        let file = Self.root.appending(path: "docs/supported-resources.md")
        let page = try SupportedResources().page
        if Self.isRenewing {
            try Data(page.utf8).write(to: file)
        } else {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text == page, "docs/supported-resources.md is stale: run 'make docs'")
        }
    }
}
