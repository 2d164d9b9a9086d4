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
        case .throttled: kind = .throttled
        case .service where Self.isRefusal(error): kind = .permission
        case .service where Self.isAbsence(error.code): kind = .notFound
        case .service where Self.isUnreadiness(error): kind = .notReady
        default: kind = .service
        }
        self.init(
            code: error.code, message: Self.message(error, kind), requestID: error.requestID,
            isTransient: error.isRetryable || [.permission, .notFound, .notReady, .unreachable].contains(kind),
            kind: kind)
    }

    /// Whether the resource is there but still being made: it takes tags a little later.
    ///
    /// Services say so in many ways; Beanstalk and Directory Service only in words.
    private static func isUnreadiness(_ error: AWSError) -> Bool {
        let codes = [
            "ResourceInUseException", "ResourceInUse", "InvalidDBInstanceState", "InvalidDBClusterStateFault",
            "InvalidCacheClusterState", "InvalidReplicationGroupState", "InvalidClusterState", "OperationAborted",
            "ConcurrentModificationException", "ConflictException", "IncorrectState", "ResourceNotReady",
            "ResourceNotReadyException", "InvalidStateException",
        ]
        let phrases = [
            "must be ready", "status: creating", "concurrently modified", "is being created", "creating state",
        ]
        let message = error.message.lowercased()
        return codes.contains(error.code) || phrases.contains { message.contains($0) }
    }

    /// The service's words with what was called; a refusal with what would allow it.
    private static func message(_ error: AWSError, _ kind: Kind) -> String {
        guard error.kind == .service, !error.operation.isEmpty else { return error.message }
        let action = "\(error.service):\(error.operation)"
        guard kind == .permission else { return "\(action): \(error.message)" }
        return "\(action) was refused: \(error.message) Allow \(action) for the credentials that AutoTagger runs with"
    }

    private static func isRefusal(_ error: AWSError) -> Bool {
        let codes = [
            "UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "AuthFailure",
            "UnrecognizedClientException",
            "InvalidClientTokenId", "SignatureDoesNotMatch", "OptInRequired",
            "NotAuthorized", "MissingAuthenticationToken",
        ]
        return codes.contains(error.code) || RetryClassification.expiredCredentials.contains(error.code)
            || error.httpStatus == 401 || error.httpStatus == 403
    }

    private static func isAbsence(_ code: String) -> Bool {
        code.contains("NotFound") || code.hasPrefix("NoSuch")
    }
}
