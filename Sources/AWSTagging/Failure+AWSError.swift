package import AWSClient
package import AutoTagger

extension Failure {
    /// AWS's error in the engine's words.
    ///
    /// The sort decides what a person can do about it and whether a resource counts as gone. EC2 ends every "there is no such
    /// thing" in `.NotFound`; the other services have `NotFound` somewhere in the code or are `NoSuch…`.
    package init(_ error: AWSError) {
        let kind: Kind
        switch error.kind {
        case .credentials: kind = .permission
        case .configuration: kind = .configuration
        case .transport: kind = .unreachable
        case .service where Self.isRefusal(error): kind = .permission
        case .service where Self.isAbsence(error.code): kind = .notFound
        default: kind = .service
        }
        self.init(
            code: error.code, message: error.message, requestID: error.requestID,
            isTransient: error.isRetryable || kind == .permission || kind == .notFound || kind == .unreachable,
            kind: kind)
    }

    private static func isRefusal(_ error: AWSError) -> Bool {
        let codes = [
            "UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "AuthFailure",
            "UnrecognizedClientException",
            "InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException", "OptInRequired",
            "NotAuthorized", "MissingAuthenticationToken",
        ]
        return codes.contains(error.code) || error.httpStatus == 401 || error.httpStatus == 403
    }

    private static func isAbsence(_ code: String) -> Bool {
        code.contains("NotFound") || code.hasPrefix("NoSuch")
    }
}
