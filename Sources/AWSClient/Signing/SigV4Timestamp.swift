internal import Foundation

/// A moment as signatures write it, `20150830T123600Z`, and its day.
struct SigV4Timestamp {
    let dateTime: String
    let day: String

    /// The moment in UTC, cut to the second.
    ///
    /// Computed by hand: a formatter costs more than the rest of the signature.
    init(_ date: Date) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let (days, second) = seconds.quotientAndRemainder(floorDividingBy: 86_400)
        let (year, month, dayOfMonth) = Self.civil(days)
        day = "\(year)\(Self.two(month))\(Self.two(dayOfMonth))"
        dateTime = "\(day)T\(Self.two(second / 3600))\(Self.two(second / 60 % 60))\(Self.two(second % 60))Z"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The calendar day that many days after 1970-01-01, in the proleptic Gregorian calendar.
    ///
    /// Counting years from March puts the leap day last, so that months follow one line.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(floorDividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Int {
    /// Division that rounds down, so that moments before 1970 land on the right day too.
    fileprivate func quotientAndRemainder(floorDividingBy divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
