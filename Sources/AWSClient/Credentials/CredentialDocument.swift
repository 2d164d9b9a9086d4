internal import Foundation
internal import JSON

/// Credentials as AWS's services and helper programs write them in JSON or XML: nearly the same names everywhere.
enum CredentialDocument {
    /// The credentials in a document.
    ///
    /// - Throws: ``CredentialError`` when a part is missing; never with any part's value.
    static func credentials(_ document: JSONValue, source: String) throws(CredentialError) -> AWSCredentials {
        guard let key = text(document, "AccessKeyId"), let secret = text(document, "SecretAccessKey") else {
            throw CredentialError(.unavailable, "the answer of \(source) holds no complete credentials")
        }
        var expiration: Date?
        if let value = document.member("Expiration"), !value.isNull {
            guard let date = date(value) else {
                throw CredentialError(.unavailable, "the answer of \(source) has an end of validity that is no date")
            }
            expiration = date
        }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: secret,
            sessionToken: text(document, "SessionToken") ?? text(document, "Token"),
            expiration: expiration,
            accountID: document.member("AccountId")?.scalarText,
            source: source
        )
    }

    private static func text(_ document: JSONValue, _ name: String) -> String? {
        document.member(name)?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A moment in ISO 8601, or in milliseconds as SSO writes it.
    static func date(_ value: JSONValue) -> Date? {
        if case .integer(let milliseconds) = value.kind {
            return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        }
        guard let text = value.string else { return nil }
        if let date = try? Date(text, strategy: .iso8601) { return date }
        return try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The account in a role session's ARN.
    static func account(ofARN arn: String?) -> String? {
        guard let parts = arn?.split(separator: ":", omittingEmptySubsequences: false), parts.count > 5 else {
            return nil
        }
        return String(parts[4])
    }
}
