internal import Foundation

/// A value that many threads share and one at a time touches.
///
/// The standard library's `Mutex` would do, but the thread sanitizer cannot see its futex on Linux and calls every use of
/// it a race. This one is a POSIX mutex, which it understands, so that a report means something.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    // Sendable because the value is private and `withLock`, the only way to it, holds the lock.
    private var value: Value
    private let lock = NSLock()

    /// Guards a value.
    public init(_ value: Value) { self.value = value }

    /// Runs `body` with the value, alone.
    public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
