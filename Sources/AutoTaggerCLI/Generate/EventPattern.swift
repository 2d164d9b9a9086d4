import AutoTagger
import JSON

/// EventBridge patterns for the events that handlers wait for.
///
/// An event pattern is at most 2,048 characters ("Amazon EventBridge quotas" in its user guide).
struct EventPattern {
    static let maximumLength = 2048

    /// The events, sorted.
    let triggers: [Trigger]

    /// One pattern by the verbs that the events' names begin with.
    var broad: JSONValue {
        let verbs = Set(triggers.map { Self.verb(of: $0.eventName) }).sorted()
        return Self.pattern(["eventName": .array(verbs.map { ["prefix": .string($0)] }), "readOnly": Self.notReadOnly])
    }

    /// Patterns that let these events through and no others, as few as their length allows.
    var exact: [JSONValue] {
        var patterns: [JSONValue] = []
        var alternatives: [JSONValue] = []
        for alternative in sourceAlternatives {
            let longer = alternatives + [alternative]
            if !alternatives.isEmpty, Self.anyOf(longer).compactText.utf8.count > Self.maximumLength {
                patterns.append(Self.anyOf(alternatives))
                alternatives = [alternative]
            } else {
                alternatives = longer
            }
        }
        return alternatives.isEmpty ? patterns : patterns + [Self.anyOf(alternatives)]
    }

    /// A source with its names, split where one source's names alone are too long for a pattern.
    private var sourceAlternatives: [JSONValue] {
        let bySource = Dictionary(grouping: triggers, by: \.eventSource).sorted { $0.key < $1.key }
        return bySource.flatMap { source, triggers -> [JSONValue] in
            var some: [[JSONValue]] = [[]]
            for name in triggers.flatMap(Self.spellings) {
                let longer = (some.last ?? []) + [name]
                if Self.anyOf([Self.alternative(source, longer)]).compactText.utf8.count > Self.maximumLength {
                    some.append([name])
                } else {
                    some[some.count - 1] = longer
                }
            }
            return some.map { Self.alternative(source, $0) }
        }
    }

    /// Most records say `false`, some say so in a string, and older services' say nothing at all.
    private static let notReadOnly: JSONValue = [false, "false", ["exists": false]]

    private static func alternative(_ source: String, _ names: [JSONValue]) -> JSONValue {
        ["eventSource": [.string(source)], "eventName": .array(names)]
    }

    /// An event's name, and where its service puts the date of its API behind it, the name with any date.
    private static func spellings(of trigger: Trigger) -> [JSONValue] {
        let dated = trigger.datedPrefix.map { JSONValue.object(["prefix": .string($0)]) }
        return [.string(trigger.eventName)] + (dated.map { [$0] } ?? [])
    }

    /// EventBridge takes `$or` with a single alternative for a field of that name, which no event has.
    private static func anyOf(_ alternatives: [JSONValue]) -> JSONValue {
        if alternatives.count == 1, let only = alternatives[0].object { return pattern(only) }
        return pattern(["$or": .array(alternatives)])
    }

    /// Failed calls made nothing, and EventBridge can leave them out. So it can data events, such as every object of a bucket,
    /// where a trail logs them; and what anybody but AWS put on the bus, since no other source may begin with `aws.`.
    private static func pattern(_ detail: [String: JSONValue]) -> JSONValue {
        var detail = detail
        detail["errorCode"] = [["exists": false]]
        detail["managementEvent"] = [true, "true", ["exists": false]]
        return [
            "source": [["prefix": "aws."]], "detail-type": ["AWS API Call via CloudTrail"], "detail": .object(detail),
        ]
    }

    /// The first word of a name: `Create` of `CreateVolume`.
    private static func verb(of name: String) -> String {
        String(name.prefix(1) + name.dropFirst().prefix { $0.isLowercase })
    }
}
