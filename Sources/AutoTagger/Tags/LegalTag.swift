private import Foundation

/// Makes keys and values legal for AWS.
///
/// Letters, digits, spaces and `_.:/=+-@` are what every service takes; 128 characters for a key, 256 for a value; `aws:` is
/// AWS's own ("Tag naming limits and requirements" in the AWS tagging guide). Lengths count UTF-16 units, the strictest
/// reading of "characters".
public enum LegalTag {
    /// The longest key.
    public static let maximumKeyLength = 128
    /// The longest value.
    public static let maximumValueLength = 256
    /// The most tags a resource may carry; AWS's own do not count.
    public static let maximumTags = 50
    private static let reservedPrefix = "aws:"
    private static let punctuation: Set<Character> = ["_", ".", ":", "/", "=", "+", "-", "@"]

    /// A value as close to the given one as AWS allows, or `nil` when nothing of it is left.
    ///
    /// Every other character becomes `_`, runs of white space one space; the reserved prefix loses its colon.
    public static func value(_ text: String) -> String? {
        if isPlain(text) { return text }
        var legal = ""
        var pendingSpace = false
        for character in text.precomposedStringWithCanonicalMapping {
            if character.isWhitespace || character.isNewline {
                pendingSpace = !legal.isEmpty
                continue
            }
            if pendingSpace {
                legal.append(" ")
                pendingSpace = false
            }
            legal.append(isLegal(character) ? character : "_")
        }
        if legal.lowercased().hasPrefix(reservedPrefix) {
            legal = "aws_" + legal.dropFirst(reservedPrefix.count)
        }
        legal = truncated(legal, to: maximumValueLength)
        while legal.hasSuffix(" ") { legal.removeLast() }
        return legal.isEmpty ? nil : legal
    }

    /// What is wrong with a key, or `nil` when it is legal. Keys come from settings, so they are refused, not mended.
    public static func mistake(inKey key: String) -> String? {
        if key.isEmpty { return "a tag's key is empty" }
        if key.utf16.count > maximumKeyLength {
            return "the tag key '\(key)' is longer than \(maximumKeyLength) characters"
        }
        if key.lowercased().hasPrefix(reservedPrefix) {
            return "the tag key '\(key)' begins with 'aws:', which is AWS's own"
        }
        if key.first == " " || key.last == " " { return "the tag key '\(key)' begins or ends with a space" }
        guard let bad = key.first(where: { $0 != " " && !isLegal($0) }) else { return nil }
        return "the tag key '\(key)' holds '\(bad)'; letters, digits, spaces and _.:/=+-@ are allowed"
    }

    /// Whether a text is legal at a glance, as nearly all are: Unicode's tables cost far more than its bytes.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard 1...maximumValueLength ~= bytes.count, !text.lowercased().hasPrefix(reservedPrefix) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "+"),
                UInt8(ascii: "@"):
                true
            default: false
            }
        }
    }

    private static func isLegal(_ character: Character) -> Bool {
        if punctuation.contains(character) { return true }
        return character.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
            case .decimalNumber, .letterNumber, .otherNumber: true
            default: false
            }
        }
    }

    private static func truncated(_ text: String, to limit: Int) -> String {
        var result = text
        while result.utf16.count > limit { result.removeLast() }
        return result
    }
}
