internal import CCurl
internal import Foundation

/// One exchange under way: the easy handle, what it has received, and who waits for it.
///
/// Only the transport's own thread ever touches one, so it needs no lock.
final class Transfer {
    let job: TransferJob
    let handle: EasyHandle
    private var requestHeaders: UnsafeMutablePointer<curl_slist>?
    private var received = HTTPResponse(status: 0)
    private var headerBytes = 0
    /// What a callback refused; libcurl itself only reports that writing failed.
    private var refusal: HTTPError?

    /// No server that AutoTagger talks to sends a tenth of it.
    static let maximumHeaderBytes = 64 << 10

    /// Prepares `handle` for the job.
    ///
    /// - Throws: ``HTTPError/Code/invalidRequest`` when libcurl refuses a part of the request.
    init(_ job: TransferJob, on handle: EasyHandle, configuration: CurlConfiguration) throws(HTTPError) {
        self.job = job
        self.handle = handle
        try EasyOptions(handle: handle, request: job.request).apply(configuration)
        requestHeaders = Self.headerList(of: job.request)
        let this = Unmanaged.passUnretained(self).toOpaque()
        let pointer = handle.pointer
        ccurl_set_headers(pointer, requestHeaders)
        ccurl_set_pointer(pointer, CURLOPT_PRIVATE, this)
        ccurl_set_pointer(pointer, CURLOPT_WRITEDATA, this)
        ccurl_set_receiver(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.from(context)?.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        ccurl_set_pointer(pointer, CURLOPT_HEADERDATA, this)
        ccurl_set_receiver(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.from(context)?.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
    }

    deinit {
        curl_slist_free_all(requestHeaders)
    }

    /// The transfer that a callback's context points to; it lives in the driver's table as long as libcurl may call.
    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The lines for libcurl, with its own `Expect` and content type switched off unless the request names them.
    private static func headerList(of request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        var line: [UInt8] = []
        line.reserveCapacity(512)
        func append(_ name: String, _ rest: String, _ value: String = "") {
            line.removeAll(keepingCapacity: true)
            line += name.utf8
            line += rest.utf8
            line += value.utf8
            line.append(0)
            list = line.withUnsafeBufferPointer { curl_slist_append(list, $0.baseAddress) } ?? list
        }
        for header in request.headers {
            // A header without a value is written with a semicolon; a colon alone would remove it.
            if header.value.isEmpty { append(header.name, ";") } else { append(header.name, ": ", header.value) }
        }
        for unwanted in ["Expect", "Content-Type", "Accept"]
        where !request.headers.contains(where: { $0.isNamed(unwanted) }) {
            append(unwanted, ":")
        }
        return list
    }

    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard received.body.count + bytes.count <= job.request.maximumBodyBytes else {
            let limit = job.request.maximumBodyBytes
            refusal = HTTPError(.bodyTooLarge, "the response of \(job.request.origin) is longer than \(limit) bytes")
            return 0
        }
        received.body.append(contentsOf: bytes)
        return bytes.count
    }

    private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        headerBytes += bytes.count
        guard headerBytes <= Self.maximumHeaderBytes else {
            let limit = Self.maximumHeaderBytes
            refusal = HTTPError(
                .headersTooLarge,
                "the headers of \(job.request.origin) are longer than \(limit) bytes"
            )
            return 0
        }
        if bytes.starts(with: "HTTP/".utf8) {
            // A new status line: what came before belonged to an interim response or to a proxy's CONNECT.
            received.headers.removeAll()
        } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: bytes[..<colon], as: UTF8.self)
            let line = bytes[(colon + 1)...].drop { $0 <= 0x20 }
            let end = line.lastIndex { $0 > 0x20 } ?? line.startIndex - 1
            received.headers.append(HTTPHeader(name, String(decoding: line[...end], as: UTF8.self)))
        }
        return bytes.count
    }

    /// What the transfer came to, once libcurl is done with it.
    func outcome(_ code: CURLcode) -> Result<HTTPResponse, HTTPError> {
        if let refusal { return .failure(refusal) }
        guard code == CURLE_OK else {
            return .failure(HTTPError(code, origin: job.request.origin))
        }
        var status = 0
        ccurl_get_long(handle.pointer, CURLINFO_RESPONSE_CODE, &status)
        received.status = status
        return .success(received)
    }

    /// How many connections libcurl opened for it: 0 when it reused one.
    var connectionsOpened: Int {
        var count = 0
        ccurl_get_long(handle.pointer, CURLINFO_NUM_CONNECTS, &count)
        return count
    }
}
