internal import CivilCalendar
internal import Foundation

/// A moment as signatures write it, `20150830T123600Z`, and its day.
struct SigV4Timestamp {
    let dateTime: String
    let day: String

    /// The moment in UTC, cut to the second.
    init(_ date: Date) {
        let time = CivilTime(secondsSince1970: Int(date.timeIntervalSince1970.rounded(.down)))
        day = "\(time.year)\(Self.two(time.month))\(Self.two(time.day))"
        dateTime = "\(day)T\(Self.two(time.hour))\(Self.two(time.minute))\(Self.two(time.second))Z"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
