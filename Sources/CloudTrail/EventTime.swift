private import CivilCalendar
public import Foundation

/// Reads and writes the times of records.
///
/// CloudTrail writes `2023-08-03T04:36:27Z`; tables and exports that pass records on write
/// `2025-03-26 16:43:57.000000000`, and `LookupEvents` a zone offset.
public enum EventTime {
    /// The instant that a record's time names, or `nil` when it names none.
    public static func parse(_ text: String) -> Date? {
        if let time = CivilTime(text) { return Date(timeIntervalSince1970: Double(time.secondsSince1970)) }
        var normal = text.trimmingCharacters(in: .whitespaces)
        guard normal.utf8.count >= 19 else { return nil }
        let separator = normal.index(normal.startIndex, offsetBy: 10)
        if normal[separator] == " " { normal.replaceSubrange(separator...separator, with: "T") }
        if let dot = normal.firstIndex(of: ".") {
            let end = normal[dot...].dropFirst().firstIndex { !$0.isNumber } ?? normal.endIndex
            normal.removeSubrange(dot..<end)
        }
        if normal.utf8.count == 19 { normal += "Z" }
        return try? Date(normal, strategy: .iso8601)
    }

    /// The instant in UTC and whole seconds, as CloudTrail writes it.
    public static func text(_ date: Date) -> String {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        guard abs(seconds) < 1e12, let text = CivilTime(secondsSince1970: Int(seconds)).text else {
            return date.formatted(.iso8601)
        }
        return text
    }
}
