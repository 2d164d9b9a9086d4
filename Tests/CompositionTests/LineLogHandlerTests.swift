import Foundation
import JSON
import Locking
import Logging
import Testing

@testable import Composition

@Suite struct LineLogHandlerTests {
    private func lines(_ form: LineLogHandler.Form, _ log: (Logger) -> Void) -> [String] {
        let lines = Locked<[String]>([])
        var logger = Logger(label: "autotagger") { label in
            LineLogHandler(label: label, form: form, now: { Date(timeIntervalSince1970: 1_691_037_387.25) }) { line in
                lines.withLock { $0.append(line) }
            }
        }
        logger[metadataKey: "requestId"] = "r"
        log(logger)
        return lines.withLock { $0 }
    }

    @Test func textHasTheMessageAndSortedFields() {
        let all = lines(.text) { $0.info("event processed", metadata: ["outcome": "tagged", "creator": "Zoë Doe"]) }
        #expect(
            all == [
                "2023-08-03T04:36:27Z info autotagger: event processed creator=Zoë Doe outcome=tagged requestId=r\n"
            ])
    }

    @Test func aFieldOfTheLineGoesBeforeThatOfTheLogger() {
        #expect(
            lines(.text) { $0.error("x", metadata: ["requestId": "own"]) } == [
                "2023-08-03T04:36:27Z error autotagger: x requestId=own\n"
            ])
    }

    @Test func noTextBeginsALineOfItsOwn() {
        let all = lines(.text) {
            $0.warning("a\nb", metadata: ["error": "no\r\n2023-08-03T04:36:27Z info autotagger: forged"])
        }
        #expect(all.count == 1)
        #expect(all[0].dropLast().allSatisfy { !$0.isNewline })
        #expect(all[0].hasPrefix(#"2023-08-03T04:36:27Z warning autotagger: "a\nb" error="no\r\n2023"#))
    }

    @Test func jsonIsOneObjectALine() throws {
        let all = lines(.json { "<\($0.rawValue)>" }) { $0.notice("a\n\"b\"", metadata: ["list": ["1", "2"]]) }
        #expect(all.count == 1)
        #expect(all[0].hasSuffix("\n"))
        let line = try JSONValue(parsing: all[0])
        #expect(
            line == [
                "timestamp": "2023-08-03T04:36:27.250Z", "level": "<notice>", "logger": "autotagger", "requestId": "r",
                "message": "a\n\"b\"", "list": #"["1", "2"]"#,
            ])
    }

    @Test func whatIsBelowTheLevelIsNotWritten() {
        #expect(lines(.text) { $0.debug("quiet") }.isEmpty)
    }
}
