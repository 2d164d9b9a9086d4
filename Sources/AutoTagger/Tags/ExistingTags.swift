/// What to do about tags that are on a resource already.
public enum ExistingTags: String, Sendable, Hashable, CaseIterable {
    /// Keep them; write only what is missing.
    case keep
    /// Give every key of ours our value.
    case replace
}

/// The tag by which a resource's owner asks to be left alone.
public struct OptOut: Sendable, Hashable {
    /// Its key.
    public let key: String
    /// The value that asks for it, in any case.
    public let value: String

    /// An opt-out tag.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// Whether these tags ask for it.
    func isSet(in tags: [String: String]) -> Bool {
        tags[key]?.lowercased() == value.lowercased()
    }
}

/// What is left to write on one resource, once it is known what it carries.
struct TagDifference {
    /// The tags to write.
    let missing: [Tag]
    /// The tags that stay as they are, under our keys.
    let kept: [String: String]
    /// The keys for which the resource has no room.
    let crowdedOut: [String]

    /// Compares what a resource should get with what it carries.
    ///
    /// - Parameters:
    ///   - ours: what an older event of the same ARN wrote; such a value is no one's choice and gives way.
    ///   - ignoresKeyCase: whether `creator` is the key `Creator`, as it is for IAM, which would overwrite it.
    init(
        wanted: [Tag], existing: [String: String], mode: ExistingTags, ours: [String: String],
        ignoresKeyCase: Bool = false
    ) {
        // As with nearly all that was made just now.
        if existing.isEmpty, wanted.count <= LegalTag.maximumTags {
            missing = wanted
            kept = [:]
            crowdedOut = []
            return
        }
        func value(of key: String) -> String? {
            if let value = existing[key] { return value }
            guard ignoresKeyCase else { return nil }
            let key = key.lowercased()
            return existing.first { $0.key.lowercased() == key }?.value
        }
        var missing: [Tag] = []
        var kept: [String: String] = [:]
        for tag in wanted {
            guard let present = value(of: tag.key) else {
                missing.append(tag)
                continue
            }
            let givesWay = mode == .replace || ours[tag.key] == present
            if present == tag.value || !givesWay {
                kept[tag.key] = present
            } else {
                missing.append(tag)
            }
        }
        let count = existing.keys.count { !$0.hasPrefix("aws:") }
        var room = max(0, LegalTag.maximumTags - count)
        var fitting: [Tag] = []
        var crowdedOut: [String] = []
        for tag in missing {
            if value(of: tag.key) != nil {
                fitting.append(tag)
            } else if room > 0 {
                fitting.append(tag)
                room -= 1
            } else {
                crowdedOut.append(tag.key)
            }
        }
        self.missing = fitting
        self.kept = kept
        self.crowdedOut = crowdedOut
    }
}
