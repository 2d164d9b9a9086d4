import CurlHTTP
import Foundation
import JSON
import Synchronization
import Testing

@testable import AWSClient

@Suite struct CredentialCacheTests {
    /// Hands out numbered credentials whose parts tell whether they belong together, and fails as it is told.
    private final class NumberedCredentials: CredentialProvider {
        let name = "numbered"
        private let state = Mutex((calls: 0, running: 0, mostRunning: 0))
        private let lifetime: TimeInterval
        private let fails: @Sendable (Int) -> Bool
        private let now: @Sendable () -> Date

        init(lifetime: TimeInterval, now: @escaping @Sendable () -> Date, fails: @escaping @Sendable (Int) -> Bool) {
            self.lifetime = lifetime
            self.now = now
            self.fails = fails
        }

        var calls: Int { state.withLock { $0.calls } }
        var mostRunning: Int { state.withLock { $0.mostRunning } }

        func credentials() async throws(CredentialError) -> AWSCredentials? {
            let number = state.withLock { state in
                state.calls += 1
                state.running += 1
                state.mostRunning = max(state.mostRunning, state.running)
                return state.calls
            }
            for _ in 0..<20 { await Task.yield() }
            state.withLock { $0.running -= 1 }
            if fails(number) { throw CredentialError(.unavailable, "number \(number) failed") }
            return AWSCredentials(
                accessKeyID: "key-\(number)",
                secretAccessKey: "secret-\(number)",
                sessionToken: "token-\(number)",
                expiration: now().addingTimeInterval(lifetime)
            )
        }
    }

    /// Minutes left, whether the renewal fails, and how many of the 64 tasks must get credentials.
    @Test(arguments: [(14, false), (14, true), (9, false), (9, true), (0, false), (0, true)])
    func aStormIsOneRenewal(minutesLeft: Int, fails: Bool) async throws {
        let clock = VirtualClock()
        let now: @Sendable () -> Date = { clock.date() }
        let provider = NumberedCredentials(lifetime: 3600, now: now) { $0 > 1 && fails }
        let cache = CredentialCache(provider, now: now)
        _ = try await cache.credentials()
        clock.advance(by: .seconds(3600 - minutesLeft * 60))
        let results = await storm(64, on: cache)
        #expect(provider.calls == 2)
        #expect(provider.mostRunning == 1)
        let got = results.compactMap { try? $0.get() }
        #expect(got.count == (fails && minutesLeft == 0 ? 0 : 64))
        #expect(got.allSatisfy(Self.belongTogether))
        if minutesLeft < 10 && !fails { #expect(got.allSatisfy { $0.accessKeyID == "key-2" }) }
    }

    @Test func halfOfAllRenewalsMayFail() async throws {
        let clock = VirtualClock()
        let now: @Sendable () -> Date = { clock.date() }
        let provider = NumberedCredentials(lifetime: 3600, now: now) { $0 > 1 && $0.isMultiple(of: 2) }
        let cache = CredentialCache(provider, now: now)
        _ = try await cache.credentials()
        var got = 0
        for _ in 0..<200 {
            clock.advance(by: .seconds(7 * 60))
            let results = await storm(64, on: cache)
            got += results.filter { (try? $0.get()).map(Self.belongTogether) ?? false }.count
        }
        // One renewal in two fails, and each has two more rounds before the old credentials end.
        #expect(got == 200 * 64)
        #expect(provider.mostRunning == 1)
    }

    @Test func aRefusedRoleIsNotAskedForAgainAtOnce() async throws {
        let clock = VirtualClock()
        let now: @Sendable () -> Date = { clock.date() }
        let provider = NumberedCredentials(lifetime: 3600, now: now) { $0 == 1 }
        let cache = CredentialCache(provider, now: now, failureLifetime: 60)
        for _ in 0..<10 { await #expect(throws: CredentialError.self) { try await cache.credentials() } }
        #expect(provider.calls == 1)
        clock.advance(by: .seconds(61))
        #expect(try await cache.credentials().accessKeyID == "key-2")
    }

    private static func belongTogether(_ credentials: AWSCredentials) -> Bool {
        let number = credentials.accessKeyID.dropFirst(4)
        return credentials.secretAccessKey.exposed == "secret-\(number)"
            && credentials.sessionToken?.exposed == "token-\(number)"
    }

    private func storm(
        _ tasks: Int,
        on cache: CredentialCache
    ) async -> [Result<AWSCredentials, CredentialError>] {
        await withTaskGroup { group in
            for _ in 0..<tasks {
                group.addTask { () -> Result<AWSCredentials, CredentialError> in
                    do throws(CredentialError) {
                        return .success(try await cache.credentials())
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}
