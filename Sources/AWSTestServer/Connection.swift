internal import CLoopback

/// One client's connection: reads its requests and writes the answers, right or wrong.
struct Connection {
    private let socket: Int32
    private var received: [UInt8] = []

    init(_ socket: Int32) { self.socket = socket }

    /// The next request, or `nil` when the client is gone.
    mutating func next() -> ReceivedRequest? {
        let end: [UInt8] = [13, 10, 13, 10]
        while true {
            if let headerEnd = received.firstRange(of: end) {
                let head = String(decoding: received[..<headerEnd.lowerBound], as: UTF8.self)
                var lines = head.split(separator: "\r\n")
                guard !lines.isEmpty else { return nil }
                let words = lines.removeFirst().split(separator: " ")
                guard words.count == 3 else { return nil }
                var headers: [String: String] = [:]
                for line in lines {
                    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                    guard parts.count == 2 else { continue }
                    headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
                }
                received.removeSubrange(..<headerEnd.upperBound)
                let length = headers["content-length"].flatMap { Int($0) } ?? 0
                while received.count < length { guard fill() else { return nil } }
                let body = Array(received.prefix(length))
                received.removeFirst(length)
                return ReceivedRequest(
                    method: String(words[0]),
                    target: String(words[1]),
                    headers: headers,
                    body: body
                )
            }
            guard fill() else { return nil }
        }
    }

    private mutating func fill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = loopback_receive(socket, &buffer, buffer.count)
        guard count > 0 else { return false }
        received += buffer.prefix(count)
        return true
    }

    /// Answers; `false` ends the connection.
    func send(_ reply: ServerReply) -> Bool {
        switch reply {
        case .hangUp(let wait):
            _ = loopback_wait(socket, Int32(wait))
            return false
        case .response(let status, let headers, let body, let wait, let closes):
            if wait > 0, loopback_wait(socket, Int32(wait)) != 0 { return false }
            let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
            let text = "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(lines)\r\n\(body)"
            return write(text) && !closes
        case .fault(let fault): return misbehave(fault)
        }
    }

    private func misbehave(_ fault: Fault) -> Bool {
        switch fault {
        case .resetBeforeHeaders: loopback_reset(socket)
        case .resetAfterHeaders:
            _ = write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
            _ = loopback_wait(socket, 20)
            loopback_reset(socket)
        case .halfBody: _ = write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
        case .stall: _ = loopback_wait(socket, 60_000)
        case .slowDrip:
            guard write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n") else { break }
            while loopback_wait(socket, 20) == 0, write("x") {}
        case .garbageStatus: _ = write("\u{1}\u{2}\u{3} this is no HTTP at all\r\n\r\n")
        case .tenThousandHeaders:
            let lines = (0..<10_000).map { "X-Header-\($0): some value of no use to anybody\r\n" }.joined()
            return write("HTTP/1.1 200 OK\r\n\(lines)Content-Length: 0\r\n\r\n")
        case .endlessChunks:
            guard write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") else { break }
            let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
            while write(chunk) {}
        case .gzipOfZeros: return sendZeros()
        case .redirect:
            return write("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")
        }
        return false
    }

    /// A gzip member whose blocks each repeat a zero, 1 MiB in all: small on the wire, a thousand times that unpacked.
    private func sendZeros() -> Bool {
        let size = 1 << 20
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(size)\r\n\r\n"
        let member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xED, 0xC1, 0x01, 0x0D, 0, 0, 0, 0xC2, 0xA0]
        return write(Array(head.utf8) + member + [UInt8](repeating: 0, count: size - member.count))
    }

    private func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = loopback_send(socket, Array(rest), rest.count)
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
