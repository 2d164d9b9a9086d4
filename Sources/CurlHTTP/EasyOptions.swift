internal import CCurl
internal import Foundation

/// One request written into libcurl's options.
struct EasyOptions {
    let handle: EasyHandle
    let request: HTTPRequest

    /// Sets everything that a transfer needs but its callbacks.
    ///
    /// - Throws: ``HTTPError/Code/invalidRequest`` when a part of the request cannot be sent safely.
    func apply(_ configuration: CurlConfiguration) throws(HTTPError) {
        try checkHeaders()
        let purpose = EasyHandle.Purpose(request)
        if handle.purpose != purpose {
            try checkAddress()
            handle.reset()
            try applyAll(configuration)
            handle.purpose = purpose
        }
        set(CURLOPT_FRESH_CONNECT, request.usesFreshConnection ? 1 : 0)
        if purpose.hasBody { try applyBody() }
    }

    private func applyAll(_ configuration: CurlConfiguration) throws(HTTPError) {
        guard handle.setAddress(request.url) else { throw refused("an option") }
        // For an address that is no more than a text.
        set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // Signals are the whole process's; a library must not raise them from its own thread.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        // A name server that hangs must not hold up the removal of a transfer whose deadline has passed.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.milliseconds)
        try applySecurity(configuration)
        try applyProxy(configuration)
        try applyMethod()
    }

    private func applySecurity(_ configuration: CurlConfiguration) throws(HTTPError) {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = configuration.certificateAuthorities ?? SystemAuthorities.file { try set(CURLOPT_CAINFO, file) }
    }

    private func applyProxy(_ configuration: CurlConfiguration) throws(HTTPError) {
        let proxy = request.url.hasPrefix("https:") ? configuration.httpsProxy : configuration.httpProxy
        // An empty text switches off what libcurl would read from the process's environment itself.
        try set(CURLOPT_PROXY, request.usesProxy ? proxy ?? "" : "")
        try set(CURLOPT_NOPROXY, request.usesProxy ? configuration.noProxy ?? "" : "*")
    }

    private func applyMethod() throws(HTTPError) {
        switch request.method {
        case "GET" where request.body.isEmpty: set(CURLOPT_HTTPGET, 1)
        case "HEAD": set(CURLOPT_NOBODY, 1)
        case "POST", "PUT", "PATCH": try applyUpload()
        default: if !request.body.isEmpty { try applyUpload() }
        }
        if request.method != "HEAD" { try set(CURLOPT_CUSTOMREQUEST, request.method) }
    }

    private func applyUpload() throws(HTTPError) {
        set(CURLOPT_POST, 1)
        guard request.body.isEmpty else { return }
        // An empty array has no address, and a null pointer would make libcurl read the body from standard input.
        set(CURLOPT_POSTFIELDSIZE, 0)
        try set(CURLOPT_COPYPOSTFIELDS, "")
    }

    private func applyBody() throws(HTTPError) {
        ccurl_set_size(handle.pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        // libcurl copies the body here, so that it needs no home of ours while the transfer runs.
        let result = request.body.withUnsafeBytes { bytes in
            ccurl_set_pointer(
                handle.pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
        guard result == CURLE_OK else { throw refused("the body") }
    }

    private func checkAddress() throws(HTTPError) {
        let scheme = String(decoding: request.url.utf8.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
        if scheme != "https" && scheme != "http" || Self.isUnsafe(request.url) || request.url.utf8.contains(0x20) {
            throw refused("the URL")
        }
        if request.method.isEmpty || !request.method.utf8.allSatisfy({ 0x41...0x5A ~= $0 }) {
            throw refused("the method")
        }
    }

    private func checkHeaders() throws(HTTPError) {
        for header in request.headers where !Self.isToken(header.name) || Self.isUnsafe(header.value) {
            throw refused("the header \(header.name.filter(\.isLetter))")
        }
    }

    /// Whether it holds a line break or its like: in a header or an URL that would let its author write headers of his own.
    private static func isUnsafe(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 && byte != 0x09 || byte == 0x7F { return true }
        }
        return false
    }

    private static func isToken(_ name: String) -> Bool {
        let bytes = name.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte <= 0x20 || byte >= 0x7F || byte == 0x3A { return false }
        }
        return !bytes.isEmpty
    }

    private func set(_ option: CURLoption, _ value: Int) {
        ccurl_set_long(handle.pointer, option, value)
    }

    private func set(_ option: CURLoption, _ value: String) throws(HTTPError) {
        guard ccurl_set_text(handle.pointer, option, value) == CURLE_OK else { throw refused("an option") }
    }

    private func refused(_ part: String) -> HTTPError {
        HTTPError(.invalidRequest, "\(part) of the request to \(request.origin) cannot be sent")
    }
}

extension Duration {
    /// Whole milliseconds, rounded up so that a wait never ends before its time.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
