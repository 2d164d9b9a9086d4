internal import CurlHTTP

/// RFC 3986's percent-encoding as AWS wants it: everything but the unreserved characters, in capitals.
enum PercentEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    static func isPathByte(_ byte: UInt8) -> Bool { isUnreserved(byte) || byte == UInt8(ascii: "/") }

    static func encode(_ text: String, keepingSlashes: Bool = false) -> String {
        if text.utf8.allSatisfy(isUnreserved) { return text }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count + 16)
        append(text, to: &encoded, keepingSlashes: keepingSlashes)
        return String(decoding: encoded, as: UTF8.self)
    }

    static func append(_ text: String, to encoded: inout [UInt8], keepingSlashes: Bool = false) {
        let bytes = text.utf8.span
        var plain = 0
        while plain < bytes.count, isUnreserved(bytes[plain]) { plain += 1 }
        // Most names and values need none, and then they are copied as they are.
        if plain == bytes.count {
            encoded += text.utf8
            return
        }
        for index in bytes.indices {
            let byte = bytes[index]
            if isUnreserved(byte) || keepingSlashes && byte == UInt8(ascii: "/") {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 15)])
            }
        }
    }
}

extension HTTPRequest {
    /// Adds parameters to the URL, encoded.
    mutating func appendQuery(_ parameters: [(name: String, value: String)]) {
        for (name, value) in parameters {
            url += url.contains("?") ? "&" : "?"
            url += "\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))"
        }
    }
}
