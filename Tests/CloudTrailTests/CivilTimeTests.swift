import CloudTrail
import Foundation
import Testing

/// Foundation is the witness: it knows the calendar, only slowly.
@Suite struct CivilTimeTests {
    /// Seconds since 1970: the ends of days, months, years and leap years, and one in each of many years.
    static let moments: [Int] =
        [
            0, -1, 86_399, 86_400, 951_782_399, 951_782_400, 951_868_800, 1_709_164_799, 1_709_164_800, 1_735_689_599,
            4_107_542_400, -30_610_224_000,
        ] + stride(from: -2_000_000_000, through: 8_000_000_000, by: 86_400 * 97 + 3_601)

    @Test func writesWhatFoundationWrites() {
        for seconds in Self.moments {
            let date = Date(timeIntervalSince1970: Double(seconds))
            #expect(EventTime.text(date) == date.formatted(.iso8601))
        }
    }

    @Test(arguments: [0.001, 0.4, 0.5, 0.999])
    func cutsFractionsAsFoundationDoes(fraction: Double) {
        for seconds in [0, 1_700_000_000, 951_868_799] {
            let date = Date(timeIntervalSince1970: Double(seconds) + fraction)
            #expect(EventTime.text(date) == date.formatted(.iso8601))
        }
    }

    @Test func readsWhatFoundationReads() {
        for seconds in Self.moments {
            let date = Date(timeIntervalSince1970: Double(seconds))
            #expect(EventTime.parse(date.formatted(.iso8601)) == date)
        }
    }

    /// Texts that look like a time: what is none to Foundation is none here, and the other way round.
    @Test(arguments: [
        "2023-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2023-04-31T00:00:00Z",
        "2023-00-10T00:00:00Z", "2023-13-10T00:00:00Z", "2023-01-00T00:00:00Z", "2023-01-01T24:00:00Z",
        "2023-01-01T23:60:00Z", "2023-01-01T23:59:60Z", "2023-01-01T23:59:59z", "2023-01-01t23:59:59Z",
        "2023/01/01T23:59:59Z", "2023-01-01T23-59-59Z", "2O23-01-01T23:59:59Z", "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z", "1582-10-10T00:00:00Z", "1583-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "+023-01-01T00:00:00Z",
    ])
    func judgesAsFoundationDoes(text: String) {
        #expect(EventTime.parse(text) == (try? Date(text, strategy: .iso8601)))
    }

    @Test(arguments: ["2024-01-02T03:04:05.Z", "2024-01-02T03:04:05.6x8Z", "2024-01-02T03:04:05ZZ"])
    func refusesFractionsThatAreNone(text: String) {
        #expect(EventTime.parse(text) == EventTime.parse("2024-01-02T03:04:05Z") || EventTime.parse(text) == nil)
    }
}
