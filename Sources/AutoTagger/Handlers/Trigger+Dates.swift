/// Names that carry the date of their API.
///
/// CloudTrail calls Lambda's events `CreateFunction20150331` and `UpdateFunctionCode20150331v2`, CloudFront's
/// `CreateDistribution2020_05_31`; a new version of such an API brings a new date, but the same call.
extension Trigger {
    /// The sources that put a date behind their events' names.
    private static let datingSources: Set = ["cloudfront.amazonaws.com", "lambda.amazonaws.com"]

    /// The same trigger without a date behind its name; `nil` when there is none.
    public var undated: Trigger? {
        var name = eventName.utf8[...]
        if let version = name.lastIndex(of: UInt8(ascii: "v")), version > name.startIndex,
            name.last?.isDigit == true, name[name.index(after: version)...].allSatisfy(\.isDigit)
        {
            name = name[..<version]
        }
        for shape in ["00000000", "0000_00_00"] {
            let date = name.suffix(shape.utf8.count)
            guard date.count < name.count, date.starts(with: "20".utf8),
                zip(date, shape.utf8).allSatisfy({ $1 == UInt8(ascii: "0") ? $0.isDigit : $0 == $1 })
            else { continue }
            let rest = name[..<date.startIndex]
            return rest.last?.isDigit == false ? Trigger(eventSource, String(Substring(rest))) : nil
        }
        return nil
    }

    /// What every dated form of the name begins with, and no other name; `nil` where the source puts no dates.
    ///
    /// For filters that cannot do more than compare beginnings, as EventBridge's: all dates begin with `20`.
    public var datedPrefix: String? {
        Self.datingSources.contains(eventSource) && undated == nil ? eventName + "20" : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
