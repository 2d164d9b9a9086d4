internal import Crypto
internal import CurlHTTP
internal import Foundation
internal import Locking

/// Signs requests with AWS Signature Version 4.
///
/// The derived key, four HMACs deep, is the same for one key, day, region and service, so the last ones are kept.
public final class SigV4Signer: Sendable {
    private let keys = Locked<[KeyScope: SymmetricKey]>([:])

    /// A signer with no keys yet.
    public init() {}

    /// What to sign with and for whom.
    struct Context {
        var credentials: AWSCredentials
        var region: String
        var service: String
        var date: Date
        /// S3 takes the path as it is; every other service encodes it once more and folds its dot segments.
        var isS3: Bool { service == "s3" || service == "s3express" || service == "s3-outposts" }

        func scope(day: String) -> String { "\(day)/\(region)/\(service)/aws4_request" }
    }

    /// Adds the date, the token and the authorisation to a request's headers.
    ///
    /// - Parameters:
    ///   - signsBodyHash: whether the body's hash goes into a header too, as S3 demands.
    ///   - isS3: whether the path is taken as it is; `nil` decides by the service's name.
    ///   - omitsToken: whether the token is sent but not signed.
    func sign(
        _ request: inout HTTPRequest,
        _ context: Context,
        signsBodyHash: Bool = false,
        isS3: Bool? = nil,
        omitsToken: Bool = false
    ) {
        let stamp = SigV4Timestamp(context.date)
        let token = context.credentials.sessionToken.map { HTTPHeader("X-Amz-Security-Token", $0.exposed) }
        request.headers.append(HTTPHeader("X-Amz-Date", stamp.dateTime))
        if let token, !omitsToken { request.headers.append(token) }
        let hash = Self.hex(SHA256.hash(data: request.body))
        if signsBodyHash || context.isS3 {
            request.headers.append(HTTPHeader("X-Amz-Content-Sha256", hash))
        }
        let canonical = CanonicalRequest(request, bodyHash: hash, isS3: isS3 ?? context.isS3)
        if let token, omitsToken { request.headers.append(token) }
        let scope = context.scope(day: stamp.day)
        let signature = signature(of: canonical, scope: scope, stamp: stamp, context)
        request.headers.append(
            HTTPHeader(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=\(context.credentials.accessKeyID)/\(scope), "
                    + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
            )
        )
    }

    /// Puts the whole authorisation into the URL's query, as a link that others may follow needs it.
    ///
    /// - Parameter omitsToken: whether the token is added after signing, which a few services want.
    func presign(
        _ request: inout HTTPRequest,
        _ context: Context,
        lifetime: Duration,
        isS3: Bool? = nil,
        omitsToken: Bool = false
    ) {
        let stamp = SigV4Timestamp(context.date)
        let scope = context.scope(day: stamp.day)
        request.appendQuery([
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", "\(context.credentials.accessKeyID)/\(scope)"),
            ("X-Amz-Date", stamp.dateTime),
            ("X-Amz-SignedHeaders", CanonicalRequest.signedHeaders(of: request)),
            ("X-Amz-Expires", "\(lifetime.components.seconds)"),
        ])
        let token = context.credentials.sessionToken.map { [("X-Amz-Security-Token", $0.exposed)] } ?? []
        if !omitsToken { request.appendQuery(token) }
        let hash = Self.hex(SHA256.hash(data: request.body))
        let canonical = CanonicalRequest(request, bodyHash: hash, isS3: isS3 ?? context.isS3)
        let signature = signature(of: canonical, scope: scope, stamp: stamp, context)
        request.appendQuery([("X-Amz-Signature", signature)])
        if omitsToken { request.appendQuery(token) }
    }

    private func signature(
        of canonical: CanonicalRequest,
        scope: String,
        stamp: SigV4Timestamp,
        _ context: Context
    ) -> String {
        let hash = Self.hex(SHA256.hash(data: Array(canonical.text.utf8)))
        let stringToSign = "AWS4-HMAC-SHA256\n\(stamp.dateTime)\n\(scope)\n\(hash)"
        let key = key(day: stamp.day, context)
        return Self.hex(HMAC<SHA256>.authenticationCode(for: Array(stringToSign.utf8), using: key))
    }

    private struct KeyScope: Hashable {
        let secret: Secret
        let day: String
        let region: String
        let service: String
    }

    private func key(day: String, _ context: Context) -> SymmetricKey {
        let secret = context.credentials.secretAccessKey
        let scope = KeyScope(secret: secret, day: day, region: context.region, service: context.service)
        if let known = keys.withLock({ $0[scope] }) { return known }
        var key = SymmetricKey(data: Data("AWS4\(secret.exposed)".utf8))
        for part in [day, context.region, context.service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
        }
        keys.withLock { keys in
            // Secrets rotate and days pass; a few hundred accounts and regions at once are far more than anyone has.
            if keys.count >= 512 { keys.removeAll(keepingCapacity: true) }
            keys[scope] = key
        }
        return key
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// Lower-case hexadecimal, as every hash in a signature is written.
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
