public import ArgumentParser
import CloudTrail
public import Foundation

/// One end of a span of time as people type it: `7d`, `12h`, `30m`, `2w` ago, `2026-11-01`, or `2026-11-01T09:30:00Z`.
public enum TimeBound: Sendable, Equatable, ExpressibleByArgument {
    /// So many seconds before now.
    case ago(TimeInterval)
    /// A fixed instant.
    case instant(Date)

    /// Reads what was typed; a date alone is its beginning in UTC, as CloudTrail's times are.
    public init?(argument: String) {
        if let span = Self.seconds(argument) {
            self = .ago(span)
        } else if let date = EventTime.parse(argument.count == 10 ? argument + "T00:00:00Z" : argument) {
            self = .instant(date)
        } else {
            return nil
        }
    }

    /// A count and its unit in seconds.
    private static func seconds(_ text: String) -> TimeInterval? {
        let units: [Character: TimeInterval] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        guard let last = text.last, let unit = units[last] else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return TimeInterval(digits).map { $0 * unit }
    }

    /// The instant that is meant.
    public func date(asOf now: Date) -> Date {
        switch self {
        case .ago(let seconds): now.addingTimeInterval(-seconds)
        case .instant(let date): date
        }
    }
}
