internal import Crypto
internal import CurlHTTP
internal import Foundation

/// Signs requests with AWS Signature Version 4.
///
/// What is hashed is put together of bytes: to append to a text and to turn it into bytes in the end costs several times as much.
public final class SigV4Signer: Sendable {
    private let keys = SigningKeys()

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
        let hash = Hexadecimal.digits(SHA256.hash(data: request.body))
        if signsBodyHash || context.isS3 {
            request.headers.append(HTTPHeader("X-Amz-Content-Sha256", String(decoding: hash, as: UTF8.self)))
        }
        let canonical = CanonicalRequest(request, bodyHash: hash, isS3: isS3 ?? context.isS3)
        if let token, omitsToken { request.headers.append(token) }
        let scope = context.scope(day: stamp.day)
        let signature = signature(of: canonical, scope: scope, stamp: stamp, context)
        var authorization = Array("AWS4-HMAC-SHA256 Credential=".utf8)
        authorization.reserveCapacity(256)
        authorization += context.credentials.accessKeyID.utf8
        authorization.append(UInt8(ascii: "/"))
        authorization += scope.utf8
        authorization += ", SignedHeaders=".utf8
        authorization += canonical.signedHeaders.utf8
        authorization += ", Signature=".utf8
        authorization += signature
        request.headers.append(HTTPHeader("Authorization", String(decoding: authorization, as: UTF8.self)))
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
        let hash = Hexadecimal.digits(SHA256.hash(data: request.body))
        let canonical = CanonicalRequest(request, bodyHash: hash, isS3: isS3 ?? context.isS3)
        let signature = signature(of: canonical, scope: scope, stamp: stamp, context)
        request.appendQuery([("X-Amz-Signature", String(decoding: signature, as: UTF8.self))])
        if omitsToken { request.appendQuery(token) }
    }

    /// The signature's digits.
    private func signature(
        of canonical: CanonicalRequest,
        scope: String,
        stamp: SigV4Timestamp,
        _ context: Context
    ) -> [UInt8] {
        var text = Array("AWS4-HMAC-SHA256\n".utf8)
        text.reserveCapacity(192)
        text += stamp.dateTime.utf8
        text.append(UInt8(ascii: "\n"))
        text += scope.utf8
        text.append(UInt8(ascii: "\n"))
        text += Hexadecimal.digits(SHA256.hash(data: canonical.bytes))
        var code = keys.code(
            for: SigningKeys.Scope(
                secret: context.credentials.secretAccessKey, day: stamp.day, region: context.region,
                service: context.service))
        code.update(data: text)
        return Hexadecimal.digits(code.finalize())
    }
}
