/// A moment's fields in UTC and whole seconds.
///
/// Computed by hand: a formatter takes longer than the rest of a signature, or of an event's tags. Counting years from March puts the leap day last,
/// so that months follow one line.
package struct CivilTime: Hashable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int

    /// Those of the Gregorian calendar with four digits; what lies before or behind is left to Foundation.
    private static let years = 1583...9999

    /// Reads `2023-08-03T04:36:27Z`, with or without a fraction, which is cut off; `nil` for any other spelling and for
    /// what is no moment of the calendar.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), Self.isFraction(bytes[19..<(bytes.count - 1)]),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
            let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19])
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        guard Self.years ~= year, 1...12 ~= month, day >= 1, CivilTime(secondsSince1970: secondsSince1970) == self
        else {
            return nil
        }
    }

    /// The fields of a moment.
    package init(secondsSince1970 seconds: Int) {
        let days = Self.floor(seconds, by: 86_400)
        let second = seconds - days * 86_400
        let era = Self.floor(days + 719_468, by: 146_097)
        let dayOfEra = days + 719_468 - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        hour = second / 3600
        minute = second / 60 % 60
        self.second = second % 60
    }

    /// The moment.
    package var secondsSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = Self.floor(shiftedYear, by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// The moment as CloudTrail writes it; `nil` for a year that is left to Foundation.
    package var text: String? {
        guard Self.years ~= year else { return nil }
        var text = Array("0000-00-00T00:00:00Z".utf8)
        for (end, field) in [(4, year), (7, month), (10, day), (13, hour), (16, minute), (19, second)] {
            var (place, rest) = (end - 1, field)
            while rest > 0 {
                text[place] += UInt8(rest % 10)
                rest /= 10
                place -= 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// A point and digits, or nothing.
    private static func isFraction(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.isEmpty
            || bytes.first == UInt8(ascii: ".") && bytes.count > 1
                && bytes.dropFirst().allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    /// Division that rounds down, so that moments before 1970 land on the right day too.
    private static func floor(_ number: Int, by divisor: Int) -> Int {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
