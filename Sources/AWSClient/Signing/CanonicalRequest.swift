internal import CurlHTTP
internal import Foundation

/// A request in the one spelling that both sides hash.
struct CanonicalRequest {
    /// Its bytes: they are only hashed, and appending to them costs a fraction of appending to a text.
    let bytes: [UInt8]
    let signedHeaders: String

    /// Headers that proxies and libcurl may change, and so must not be signed.
    private static let unsigned: Set<String> = [
        "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
    ]

    /// The canonical form of `request`, whose URL is already percent-encoded.
    init(_ request: HTTPRequest, bodyHash: [UInt8], isS3: Bool) {
        let url = URLParts(request.url)
        let path = isS3 ? url.path : Self.encodeAgain(Self.foldDotSegments(url.path))
        let headers = Self.headers(of: request, host: url.authority)
        let newline = UInt8(ascii: "\n")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        for line in [request.method, path.isEmpty ? "/" : path, Self.sortedQuery(url.query)] {
            bytes += line.utf8
            bytes.append(newline)
        }
        for (name, value) in headers {
            bytes += name.utf8
            bytes.append(UInt8(ascii: ":"))
            bytes += value.utf8
            bytes.append(newline)
        }
        bytes.append(newline)
        let start = bytes.count
        for (name, _) in headers {
            if bytes.count > start { bytes.append(UInt8(ascii: ";")) }
            bytes += name.utf8
        }
        signedHeaders = String(decoding: bytes[start...], as: UTF8.self)
        bytes.append(newline)
        bytes += bodyHash
        self.bytes = bytes
    }

    /// The names that a signature of `request` covers.
    static func signedHeaders(of request: HTTPRequest) -> String {
        headers(of: request, host: URLParts(request.url).authority).map(\.name).joined(separator: ";")
    }

    private static func headers(of request: HTTPRequest, host: String) -> [(name: String, value: String)] {
        var lines: [(name: String, value: String)] = []
        lines.reserveCapacity(request.headers.count + 1)
        for header in request.headers {
            let name = header.name.lowercased()
            if unsigned.contains(name) { continue }
            if let same = lines.firstIndex(where: { $0.name == name }) {
                lines[same].value += "," + collapse(header.value)
            } else {
                lines.append((name, collapse(header.value)))
            }
        }
        if !lines.contains(where: { $0.name == "host" }) { lines.append(("host", host)) }
        // The names are ASCII, so that the order of strings is the order of their bytes.
        return lines.sorted { $0.name < $1.name }
    }

    /// Trims, and makes every run of spaces one.
    private static func collapse(_ value: String) -> String {
        isTidy(value)
            ? value : value.split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }).joined(separator: " ")
    }

    /// Whether there is no white space but single spaces within.
    private static func isTidy(_ value: String) -> Bool {
        let bytes = value.utf8.span
        var last: UInt8 = 0x20
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == 0x20 && last == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { return false }
            last = byte
        }
        return last != 0x20 || bytes.isEmpty
    }

    /// Sorts by name and then by value, byte by byte, as they are encoded.
    private static func sortedQuery(_ query: String) -> String {
        guard !query.isEmpty else { return "" }
        let pairs = query.split(separator: "&").map { pair -> (name: Substring, value: Substring) in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
        let sorted = pairs.sorted { one, other in
            one.name == other.name
                ? one.value.utf8.lexicographicallyPrecedes(other.value.utf8)
                : one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
        }
        return sorted.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    /// Removes `.`, `..` and empty segments as RFC 3986 folds them.
    private static func foldDotSegments(_ path: String) -> String {
        guard path != "/" else { return path }
        var folded: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": continue
            case "..": _ = folded.popLast()
            default: folded.append(segment)
            }
        }
        let endsInSlash = path.hasSuffix("/") && !folded.isEmpty
        return "/" + folded.joined(separator: "/") + (endsInSlash ? "/" : "")
    }

    /// Encodes the encoded path once more, so that `%20` becomes `%2520`.
    private static func encodeAgain(_ path: String) -> String {
        path.utf8.contains(UInt8(ascii: "%")) || !path.utf8.allSatisfy(PercentEncoding.isPathByte)
            ? PercentEncoding.encode(path, keepingSlashes: true) : path
    }
}

/// An URL cut into the parts that a signature sees, without any change to their spelling.
struct URLParts {
    let authority: String
    let path: String
    let query: String

    init(_ url: String) {
        // Bytes, not characters: this runs for every request, and all that is looked for is ASCII.
        let bytes = Array(url.utf8)
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        let start = bytes[colon...].starts(with: "://".utf8) ? colon + 3 : 0
        let slash = UInt8(ascii: "/")
        let mark = UInt8(ascii: "?")
        let authorityEnd = bytes[start...].firstIndex { $0 == slash || $0 == mark } ?? bytes.count
        let queryStart = bytes[authorityEnd...].firstIndex(of: mark) ?? bytes.count
        authority = text(start..<authorityEnd)
        path = text(authorityEnd..<queryStart)
        query = queryStart < bytes.count ? text((queryStart + 1)..<bytes.count) : ""
    }
}
