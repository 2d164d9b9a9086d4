public import JSON

/// Which events a trail takes, as `GetEventSelectors` answers: the basic or the advanced kind, never both.
///
/// "Logging management events" and "AdvancedFieldSelector" in AWS's CloudTrail guide and API reference.
public struct TrailSelectors: Sendable, Hashable {
    private let basic: [JSONValue]
    private let advanced: [JSONValue]

    /// Reads the reply of `GetEventSelectors`.
    public init(_ reply: JSONValue) {
        basic = reply["EventSelectors"]?.array ?? []
        advanced = reply["AdvancedEventSelectors"]?.array ?? []
    }

    /// Whether the trail takes management events that write, of whichever service.
    var takeWrites: Bool {
        advanced.isEmpty
            ? basic.contains { Self.takesWrites(basic: $0) }
            : advanced.contains { Self.takes($0, Self.writing(source: nil)) }
    }

    /// Whether the trail takes the writing management events of a service.
    func takeWrites(of eventSource: String) -> Bool {
        advanced.isEmpty
            ? basic.contains { selector in
                Self.takesWrites(basic: selector)
                    && !(selector["ExcludeManagementEventSources"]?.array ?? []).contains(.string(eventSource))
            }
            : advanced.contains { Self.takes($0, Self.writing(source: eventSource)) }
    }

    private static func takesWrites(basic selector: JSONValue) -> Bool {
        // Absent members mean AWS's defaults: management events, all of them.
        let includes = selector["IncludeManagementEvents"]?.flag ?? true
        return includes && selector["ReadWriteType"]?.string != "ReadOnly"
    }

    /// What is known of an event before it happens. A field that is not here, such as the caller, cannot be judged and is
    /// taken as met.
    private static func writing(source: String?) -> [String: String] {
        var event = ["eventcategory": "Management", "readonly": "false", "eventtype": "AwsApiCall"]
        event["eventsource"] = source
        return event
    }

    private static func takes(_ selector: JSONValue, _ event: [String: String]) -> Bool {
        let fields = selector["FieldSelectors"]?.array ?? []
        // Every advanced selector has a category; one without is none that CloudTrail would keep.
        guard fields.contains(where: { $0["Field"]?.string?.lowercased() == "eventcategory" }) else { return false }
        return fields.allSatisfy { field in
            guard let value = event[field["Field"]?.string?.lowercased() ?? ""] else { return true }
            return meets(field, value)
        }
    }

    private static func meets(_ field: JSONValue, _ value: String) -> Bool {
        func any(_ name: String, _ test: (String) -> Bool) -> Bool? {
            guard let wanted = field[name]?.array, !wanted.isEmpty else { return nil }
            return wanted.compactMap(\.string).contains(where: test)
        }
        let wanted = [
            any("Equals") { $0 == value }, any("StartsWith") { value.hasPrefix($0) },
            any("EndsWith") { value.hasSuffix($0) },
        ]
        let unwanted = [
            any("NotEquals") { $0 == value }, any("NotStartsWith") { value.hasPrefix($0) },
            any("NotEndsWith") { value.hasSuffix($0) },
        ]
        return wanted.allSatisfy { $0 ?? true } && !unwanted.contains(true)
    }
}
