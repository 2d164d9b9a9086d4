public import Foundation

/// A value that many threads share and one at a time touches.
///
/// The standard library's `Mutex` would do, but the thread sanitizer cannot see its futex on Linux and calls every use of
/// it a race. This one is a POSIX mutex, which it understands, so that a report means something.
///
/// All of it can be inlined: a generic call from another module would look up the types of every value that it hands over.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    // Sendable because nothing but `withLock`, which holds the lock, touches the value.
    @usableFromInline var value: Value
    @usableFromInline let lock = NSLock()

    /// Guards a value.
    @inlinable
    public init(_ value: Value) { self.value = value }

    /// Runs `body` with the value, alone.
    @inlinable
    public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
