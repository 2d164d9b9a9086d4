internal import CivilCalendar
internal import Foundation

/// A moment as signatures write it, `20150830T123600Z`, and its day.
struct SigV4Timestamp {
    let dateTime: String
    let day: String

    /// The moment in UTC, cut to the second.
    init(_ date: Date) {
        let time = CivilTime(secondsSince1970: Int(date.timeIntervalSince1970.rounded(.down)))
        // Bytes, not interpolation, which takes several times as long: every request carries one.
        var text = Array(String(time.year).utf8)
        text.reserveCapacity(16)
        Self.append(time.month, to: &text)
        Self.append(time.day, to: &text)
        day = String(decoding: text, as: UTF8.self)
        text.append(UInt8(ascii: "T"))
        Self.append(time.hour, to: &text)
        Self.append(time.minute, to: &text)
        Self.append(time.second, to: &text)
        text.append(UInt8(ascii: "Z"))
        dateTime = String(decoding: text, as: UTF8.self)
    }

    /// Two digits.
    private static func append(_ number: Int, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "0") + UInt8(number / 10))
        text.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
