/// A way in which a server can misbehave.
public enum Fault: String, Sendable, CaseIterable {
    /// The connection is reset before the first byte of the response.
    case resetBeforeHeaders
    /// The connection is reset after the headers.
    case resetAfterHeaders
    /// The connection is closed after half of the promised body.
    case halfBody
    /// Nothing is ever answered.
    case stall
    /// The body comes one byte every 20 ms, for ever.
    case slowDrip
    /// The status line is no status line.
    case garbageStatus
    /// There are ten thousand headers.
    case tenThousandHeaders
    /// The chunks of the body never end.
    case endlessChunks
    /// The body is gzip that would unpack to a gigabyte of zeros.
    case gzipOfZeros
    /// The response points elsewhere.
    case redirect
}
