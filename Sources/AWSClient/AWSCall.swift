internal import CurlHTTP
internal import Foundation
internal import JSON
internal import Locking
internal import Logging

/// One call from its input to its reply, through as many attempts as it takes.
struct AWSCall {
    private let context: CallContext
    private let operation: AWSOperation
    private let input: JSONValue
    private let scope: AWSScope
    /// Where the credentials come from; `nil` sends the request unsigned.
    private let cache: CredentialCache?
    private let paceKey: RequestPace.Key
    private(set) var attempts = 0
    private var needsFreshConnection = false
    private var hasCorrectedClock = false
    private var hasRenewedCredentials = false
    private var hasFollowedBucket = false

    init(
        _ context: CallContext, _ operation: AWSOperation, _ input: JSONValue, _ scope: AWSScope,
        _ cache: CredentialCache?
    ) {
        self.context = context
        self.cache = cache
        self.operation = operation
        self.input = input
        self.scope = scope
        paceKey = RequestPace.Key(
            account: scope.accountID, region: scope.region, operation: operation.qualifiedName)
    }

    /// Runs the call to its end.
    mutating func run() async throws(AWSError) -> AWSReply {
        var target = try target()
        let quotaKey = RetryQuota.Key(service: operation.service.id, region: scope.region)
        let policy = context.retryPolicy(for: operation.service)
        var lastCost: Int?
        while true {
            try await keepPace()
            attempts += 1
            let failure: Failure
            switch await attempt(target.request, target.endpoint) {
            case .success(var reply):
                context.pace.learn(paceKey, wasThrottled: false)
                context.quota.giveBack(quotaKey, lastCost)
                reply.attempts = attempts
                return reply
            case .failure(let failed): failure = failed
            }
            let isThrottled = failure.error.kind == .throttled
            context.pace.learn(paceKey, wasThrottled: isThrottled)
            if failure.isImmediate {
                target = try self.target()
                continue
            }
            guard failure.error.isRetryable, attempts < policy.maximumAttempts else {
                throw failure.error
            }
            guard let cost = context.quota.take(quotaKey, isThrottled: isThrottled) else { throw failure.error }
            lastCost = cost
            try await wait(after: failure, isThrottled: isThrottled, policy)
        }
    }

    /// The bucket that the request is about.
    private var bucket: String? { operation.uri.hasPrefix("/{Bucket}") ? input["Bucket"]?.string : nil }

    /// The request and where it goes, by what is known now.
    private func target() throws(AWSError) -> (request: HTTPRequest, endpoint: Endpoint) {
        let bucket = bucket
        let region = bucket.flatMap(context.bucketRegions.region) ?? scope.region
        let endpoint = try context.endpoints.endpoint(for: operation.service, region: region, bucket: bucket)
        var request = try RequestBuilder(operation: operation, input: input).request(to: endpoint)
        if case .bytes(let maximum) = operation.reply { request.maximumBodyBytes = maximum }
        return (request, endpoint)
    }

    /// Why an attempt failed, and what the server asked for.
    private struct Failure: Error {
        var error: AWSError
        var retryAfter: Duration?
        /// Whether the reason has been removed, so that trying again costs neither a token nor a wait.
        var isImmediate = false
    }

    /// Signs and sends the request once; every attempt carries its own date and signature.
    private mutating func attempt(_ unsigned: HTTPRequest, _ endpoint: Endpoint) async -> Result<AWSReply, Failure> {
        var request = unsigned
        request.headers.append(HTTPHeader("User-Agent", context.configuration.userAgent))
        request.deadline = context.configuration.requestTimeout
        request.usesFreshConnection = needsFreshConnection
        let date = context.now().addingTimeInterval(context.skew.offset(endpoint.host))
        var credentials: AWSCredentials?
        if let cache {
            do throws(CredentialError) {
                let found = try await cache.credentials()
                credentials = found
                context.signer.sign(
                    &request,
                    SigV4Signer.Context(
                        credentials: found,
                        region: endpoint.signingRegion,
                        service: endpoint.signingName,
                        date: date
                    )
                )
            } catch {
                let failed = AWSError(code: error.code.rawValue, message: error.message, kind: .credentials)
                return .failure(Failure(error: failed))
            }
        }
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await context.transport.send(request)
        } catch {
            needsFreshConnection = true
            return .failure(Failure(error: Self.unreached(error, endpoint)))
        }
        needsFreshConnection = false
        do throws(AWSError) {
            return .success(try ReplyReader(operation: operation).read(response))
        } catch {
            var failure = Failure(error: error, retryAfter: Self.retryAfter(response))
            failure.isImmediate = await remove(error, response, endpoint, signedAt: date, credentials)
            return .failure(failure)
        }
    }

    /// Removes the reason of a refusal where the client can: a wrong clock, credentials that ended, a bucket that is elsewhere.
    /// Once each.
    private mutating func remove(
        _ error: AWSError,
        _ response: HTTPResponse,
        _ endpoint: Endpoint,
        signedAt: Date,
        _ credentials: AWSCredentials?
    ) async -> Bool {
        if !hasCorrectedClock, RetryClassification.clockSkew.contains(error.code) {
            hasCorrectedClock = true
            return context.skew.learn(
                host: endpoint.host,
                serverDate: response.header("Date"),
                signedAt: signedAt,
                ours: context.now()
            )
        }
        if !hasFollowedBucket, let bucket {
            hasFollowedBucket = true
            if context.bucketRegions.learn(bucket, from: response, askedIn: endpoint.signingRegion) { return true }
        }
        if !hasRenewedCredentials, let cache, let credentials,
            RetryClassification.expiredCredentials.contains(error.code)
        {
            hasRenewedCredentials = true
            if credentials.isFixed { context.credentialsAreSpent.withLock { $0 = true } }
            await cache.discard(credentials)
            return credentials.expiration != nil
        }
        return false
    }

    private func keepPace() async throws(AWSError) {
        guard let delay = context.pace.reserve(paceKey) else {
            throw AWSError(
                code: "paced",
                message: "AWS throttles this operation and too many calls wait already; try again later",
                kind: .throttled)
        }
        if delay > .zero { try await sleep(delay) }
    }

    private func wait(after failure: Failure, isThrottled: Bool, _ policy: RetryPolicy) async throws(AWSError) {
        let delay = policy.delay(
            retry: attempts,
            isThrottled: isThrottled,
            random: context.random(),
            asked: failure.retryAfter
        )
        context.logger.debug(
            "retrying",
            metadata: [
                "operation": "\(operation.qualifiedName)", "code": "\(failure.error.code)",
                "attempt": "\(attempts)", "delay": "\(delay)",
            ]
        )
        try await sleep(delay)
    }

    private func sleep(_ delay: Duration) async throws(AWSError) {
        do {
            try await context.clock.sleep(for: delay)
        } catch {
            throw AWSError(code: "cancelled", message: "the call was cancelled while it waited", kind: .cancelled)
        }
    }

    /// What the server asked for, in milliseconds by AWS's own header or in seconds by HTTP's.
    private static func retryAfter(_ response: HTTPResponse) -> Duration? {
        if let milliseconds = response.header("x-amz-retry-after").flatMap({ Int($0) }), milliseconds >= 0 {
            return .milliseconds(milliseconds)
        }
        return response.header("Retry-After").flatMap { Int($0) }.flatMap { $0 >= 0 ? .seconds($0) : nil }
    }

    private static func unreached(_ error: HTTPError, _ endpoint: Endpoint) -> AWSError {
        let hint =
            endpoint.override.map {
                "; the address comes from \($0): check that it is right and that something listens there"
            }
            ?? "; check that this machine reaches AWS, through a proxy if it takes one (HTTPS_PROXY)"
        let kind: AWSError.Kind =
            switch error.code {
            case .cancelled: .cancelled
            case .invalidRequest: .configuration
            case .bodyTooLarge, .headersTooLarge, .malformedResponse: .malformedReply
            // A peer that proves nothing today will prove nothing in a second; asking again only gives it more chances.
            case .tls: .configuration
            default: .transport
            }
        return AWSError(code: error.code.rawValue, message: error.message + hint, kind: kind)
    }
}
