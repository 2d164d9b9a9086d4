/// What a backslash in a text stands for.
enum JSONEscapes {
    /// Where an escape ends that begins behind a backslash; `nil` when it means nothing, as a lone surrogate does.
    static func end(of start: Int, in bytes: Span<UInt8>) -> Int? {
        guard start < bytes.count else { return nil }
        switch bytes[start] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 1
        case UInt8(ascii: "u"):
            return scalar(at: start, in: bytes)?.end
        default: return nil
        }
    }

    /// Writes a text as it is meant, which is never longer than as it is written; says how many bytes there are.
    ///
    /// The buffer has room for the text as it is written.
    static func resolve(_ text: ArraySlice<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let bytes = text.span
        let room = UnsafeMutableRawBufferPointer(buffer)
        var length = 0
        var place = 0
        while place < bytes.count {
            while place + EightBytes.count <= bytes.count {
                let some = EightBytes(bytes, at: place)
                // All are written; those behind a backslash will be written over.
                room.storeBytes(of: some.word.littleEndian, toByteOffset: length, as: UInt64.self)
                length += some.beforeBackslash
                place += some.beforeBackslash
                if some.beforeBackslash < EightBytes.count { break }
            }
            guard place < bytes.count else { break }
            let byte = bytes[place]
            place += 1
            guard byte == UInt8(ascii: "\\") else {
                buffer[length] = byte
                length += 1
                continue
            }
            let escaped = bytes[place]
            if escaped == UInt8(ascii: "u"), let (scalar, end) = scalar(at: place, in: bytes) {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    buffer[length] = byte
                    length += 1
                }
                place = end
            } else {
                buffer[length] = plain(escaped)
                length += 1
                place += 1
            }
        }
        return length
    }

    private static func plain(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }

    /// What stands at a `u`: four digits, or twice four for what is beyond them.
    private static func scalar(at start: Int, in bytes: Span<UInt8>) -> (Unicode.Scalar, end: Int)? {
        guard let unit = hexadecimal(at: start + 1, in: bytes) else { return nil }
        guard 0xD800..<0xE000 ~= unit else { return Unicode.Scalar(unit).map { ($0, start + 5) } }
        guard unit < 0xDC00, start + 6 < bytes.count, bytes[start + 5] == UInt8(ascii: "\\"),
            bytes[start + 6] == UInt8(ascii: "u"), let low = hexadecimal(at: start + 7, in: bytes),
            0xDC00..<0xE000 ~= low
        else { return nil }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)).map { ($0, start + 11) }
    }

    private static func hexadecimal(at start: Int, in bytes: Span<UInt8>) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for place in start..<(start + 4) {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 + UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 + UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 + UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return value
    }
}
