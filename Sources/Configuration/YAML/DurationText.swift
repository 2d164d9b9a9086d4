/// Lengths of time as people write them.
public enum DurationText {
    private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]

    /// Reads `90s`, `5m`, `2h`, `7d` or `2w`; `nil` for anything else, negative lengths included.
    public static func parse(_ text: String) -> Duration? {
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()), number >= 0 else {
            return text == "0" ? .zero : nil
        }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow ? nil : .seconds(seconds)
    }
}
