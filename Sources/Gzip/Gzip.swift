private import CZlib
public import Foundation

/// Why compressed bytes could not be read.
public enum GzipError: Error, Sendable, Equatable {
    /// The bytes are not gzip, or were damaged.
    case damaged
    /// The bytes end before the compressed stream does.
    case truncated
    /// More came out than was allowed: a decompression bomb, or a larger file than this program reads at once.
    case tooLarge(limit: Int)
}

/// Reads gzip, never trusting how much will come out.
///
/// CloudTrail delivers log files and CloudWatch subscriptions compressed. This is the one place that touches zlib's
/// pointers: the output grows by a fixed chunk, and both the total and the ratio are capped on the way, so that a small
/// hostile file cannot take the machine's memory.
public enum Gzip {
    /// The most that one file may unpack to, in bytes (512 MiB).
    public static let maximumBytes = 512 << 20
    /// The most bytes that may come out for each one that went in; real CloudTrail logs stay under 40.
    public static let maximumRatio = 200
    private static let chunk = 64 << 10

    /// Whether the bytes begin with gzip's magic number.
    public static func isGzip(_ data: Data) -> Bool {
        data.count >= 2 && data[data.startIndex] == 0x1f && data[data.startIndex + 1] == 0x8b
    }

    /// Unpacks every member of a gzip file.
    ///
    /// - Throws: ``GzipError`` when the bytes are damaged or end early, or more than the caps would come out.
    public static func decompress(_ data: Data, maximumBytes: Int = maximumBytes) throws(GzipError) -> Data {
        // The ratio says nothing of a few hundred bytes, so small inputs may grow to a megabyte.
        let limit = min(
            maximumBytes,
            max(1 << 20, data.count.multipliedReportingOverflow(by: maximumRatio).partialValue)
        )
        var stream = z_stream()
        guard autotagger_inflateInitGzip(&stream) == Z_OK else { throw GzipError.damaged }
        defer { inflateEnd(&stream) }

        var input = [UInt8](data)
        var output = Data()
        var buffer = [UInt8](repeating: 0, count: chunk)
        var offset = 0
        var finishedMember = false
        // A full buffer may leave output inside zlib after the last input byte went in.
        var bufferWasFull = false
        while offset < input.count || bufferWasFull {
            let (status, consumed, produced) = step(&stream, &input, from: offset, into: &buffer)
            offset += consumed
            bufferWasFull = produced == chunk
            output.append(contentsOf: buffer[..<produced])
            guard output.count <= limit else { throw .tooLarge(limit: limit) }
            switch status {
            case Z_STREAM_END:
                finishedMember = true
                bufferWasFull = false
                if offset < input.count, inflateReset(&stream) != Z_OK { throw .damaged }
            case Z_OK: finishedMember = false
            case Z_BUF_ERROR: throw .truncated
            default:
                // Bytes after a whole member that are not another one are padding; gzip(1) ignores them too.
                if finishedMember { return output }
                throw .damaged
            }
        }
        guard finishedMember else { throw .truncated }
        return output
    }

    private static func step(
        _ stream: inout z_stream,
        _ input: inout [UInt8],
        from offset: Int,
        into buffer: inout [UInt8]
    ) -> (status: Int32, consumed: Int, produced: Int) {
        let available = UInt32(clamping: input.count - offset)
        let room = UInt32(buffer.count)
        return input.withUnsafeMutableBufferPointer { source in
            buffer.withUnsafeMutableBufferPointer { sink in
                stream.next_in = source.baseAddress.map { $0 + offset }
                stream.avail_in = available
                stream.next_out = sink.baseAddress
                stream.avail_out = room
                let status = inflate(&stream, Z_NO_FLUSH)
                return (status, Int(available - stream.avail_in), Int(room - stream.avail_out))
            }
        }
    }
}
