/// Which failures pass by themselves; the sets are those of AWS's standard retry mode.
package enum RetryClassification {
    private static let throttling: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]

    private static let transient: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "ServiceUnavailable",
    ]

    private static let transientStatuses: Set<Int> = [500, 502, 503, 504]

    /// The codes that a clock that runs wrong causes.
    static let clockSkew: Set<String> = [
        "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ]

    /// The codes of credentials that ended while they were in use.
    package static let expiredCredentials: Set<String> = [
        "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired",
    ]

    /// Whose failure an error with that code and status is.
    static func kind(code: String, status: Int) -> AWSError.Kind {
        if throttling.contains(code) || status == 429 { return .throttled }
        if transient.contains(code) || transientStatuses.contains(status) { return .transient }
        return .service
    }
}
