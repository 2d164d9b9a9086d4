package import Foundation
internal import Locking

/// How far the servers' clocks are from ours, by host: a signature is only good for five minutes around theirs.
final class ClockSkew: Sendable {
    /// Below this a refusal has another reason than the time.
    static let tolerance: TimeInterval = 4 * 60

    private let offsets = Locked<[String: TimeInterval]>([:])

    /// What to add to our clock for that host.
    func offset(_ host: String) -> TimeInterval {
        offsets.withLock { $0[host] ?? 0 }
    }

    /// Learns from a refused request's `Date`; `true` when signing again by it is worth a try.
    func learn(host: String, serverDate: String?, signedAt: Date, ours: Date) -> Bool {
        guard let server = serverDate.flatMap(HTTPDate.parse) else { return false }
        guard abs(server.timeIntervalSince(signedAt)) > Self.tolerance else { return false }
        offsets.withLock { $0[host] = server.timeIntervalSince(ours) }
        return true
    }
}

/// The one date format that HTTP servers still send: `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    package static func parse(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 6, let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])),
            let year = Int(words[3])
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3 else { return nil }
        var parts = DateComponents()
        (parts.year, parts.month, parts.day) = (year, month + 1, day)
        (parts.hour, parts.minute, parts.second) = (time[0], time[1], time[2])
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(from: parts)
    }
}
