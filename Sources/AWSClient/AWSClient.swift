public import CurlHTTP
public import Foundation
public import JSON
private import Locking
public import Logging

/// Calls AWS's APIs: any operation that is described as an ``AWSOperation``, in any account and region.
///
/// A client is a value over shared state, cheap to copy. Making one reads no file and opens no connection; the first
/// call does, and only what it needs.
public struct AWSClient: Sendable {
    private let calls: CallContext
    private let credentials: AccountCredentials

    /// A client with production's surroundings, each of which a test can replace.
    ///
    /// - Parameters:
    ///   - clock: what waits between attempts.
    ///   - now: the wall clock, for signatures and the ends of credentials.
    ///   - random: uniform in 0 up to 1, for the jitter of retries.
    ///   - environment: the variables to obey.
    ///   - readFile: how the shared files are read; `nil` for a file that is not there.
    ///   - runProcess: how `credential_process` is run.
    ///   - credentials: where credentials come from instead of AWS's chain of places.
    public init(
        configuration: AWSConfiguration = AWSConfiguration(),
        transport: any HTTPTransport,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        readFile: @escaping AWSFileReader = AWSClient.readLocalFile,
        runProcess: @escaping AWSProcessRunner = AWSClient.runInShell,
        credentials: (any CredentialProvider)? = nil,
        logger: Logger = Logger(label: "aws-client")
    ) {
        let settings = SharedSettings(environment: environment, profile: configuration.profile, readFile: readFile)
        calls = CallContext(
            configuration: configuration,
            transport: transport,
            settings: settings,
            clock: clock,
            now: now,
            random: random,
            runProcess: runProcess,
            logger: logger
        )
        self.credentials = AccountCredentials(
            calls,
            own: credentials ?? CredentialChain.standard(calls),
            role: configuration.accountRole
        )
    }

    private init(_ calls: CallContext, _ credentials: AccountCredentials) {
        self.calls = calls
        self.credentials = credentials
    }

    /// A client over another transport, or with services at other addresses (by ``AWSService/id``), that shares all else:
    /// credentials, pace, and what was learnt of clocks and buckets.
    public func with(transport: (any HTTPTransport)? = nil, endpointURLs: [String: String] = [:]) -> AWSClient {
        var configuration = calls.configuration
        configuration.endpointURLs.merge(endpointURLs) { $1 }
        let calls = CallContext(of: calls, configuration: configuration, transport: transport ?? calls.transport)
        return AWSClient(calls, credentials)
    }

    /// Whether AWS said of credentials out of the environment that they have ended: nothing renews those, so that only a new
    /// process can go on.
    ///
    /// Such are a Lambda function's, which it gets once, at its start.
    public var credentialsAreSpent: Bool { calls.credentialsAreSpent.withLock(\.self) }

    /// Makes one call, retries included.
    ///
    /// - Parameters:
    ///   - operation: what to call.
    ///   - input: its parameters by the names that they have on the wire.
    ///   - scope: in which account and region.
    /// - Throws: ``AWSError``, with the service's and the operation's name filled in.
    public func call(
        _ operation: AWSOperation,
        _ input: JSONValue = [:],
        in scope: AWSScope
    ) async throws(AWSError) -> AWSReply {
        let cache = operation.authorization == .signature ? credentials.cache(for: scope) : nil
        var call = AWSCall(calls, operation, input, scope, cache)
        do {
            return try await call.run()
        } catch {
            var named = error
            named.service = operation.service.signingName
            named.operation = operation.name
            named.attempts = call.attempts
            throw named
        }
    }

    /// Runs a `credential_process` with the system's shell.
    public static let runInShell: AWSProcessRunner = ProcessCredentials.runInShell

    /// Reads a local file for the shared settings, and `nil` where there is none.
    public static let readLocalFile: AWSFileReader = { path in
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }
}
