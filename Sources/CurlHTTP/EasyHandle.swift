internal import CCurl

/// One of libcurl's easy handles, and the kind of request that it is set up for.
///
/// Nearly all requests of a program are of a few kinds: an URL, a method. Another one of the same kind leaves the options as
/// they are, of which libcurl would free and copy a dozen.
///
/// Only the transport's own thread ever touches one.
final class EasyHandle {
    /// What the options depend on, but for the headers and the body.
    struct Purpose: Equatable {
        let url: String
        let method: String
        let hasBody: Bool
        let usesProxy: Bool

        init(_ request: HTTPRequest) {
            url = request.url
            method = request.method
            hasBody = !request.body.isEmpty
            usesProxy = request.usesProxy
        }
    }

    let pointer: UnsafeMutableRawPointer
    /// What it is set up for; `nil` while nothing is set.
    var purpose: Purpose?

    /// The address that it is set up for, taken apart.
    private var address: OpaquePointer?

    /// A handle keeps its copy of the body until it gets another one; of a longer body it should not.
    private static let maximumKeptBody = 64 << 10

    /// `nil` when there is no memory for it.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_url_cleanup(address)
    }

    /// Sets the address.
    ///
    /// As a text libcurl would take it apart and put it together again for every transfer. What it cannot take apart it gets as a
    /// text all the same, and says so when the transfer begins.
    func setAddress(_ url: String) -> Bool {
        if let parsed = curl_url() {
            address = parsed
            // The signature covers the path as it stands; libcurl would fold `..` segments, which S3 keys may hold.
            if curl_url_set(parsed, CURLUPART_URL, url, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK {
                ccurl_set_pointer(pointer, CURLOPT_CURLU, UnsafeMutableRawPointer(parsed))
            }
        }
        return ccurl_set_text(pointer, CURLOPT_URL, url) == CURLE_OK
    }

    /// Takes back every option; the connection's buffers stay.
    func reset() {
        curl_easy_reset(pointer)
        curl_url_cleanup(address)
        address = nil
        purpose = nil
    }

    /// Gets it ready for the next request after one that ended well or, `isBroken`, somewhere on the way.
    func finish(_ request: HTTPRequest, isBroken: Bool) {
        if isBroken || request.body.count > Self.maximumKeptBody {
            reset()
        } else {
            // They are the transfer's, which ends now.
            ccurl_set_headers(pointer, nil)
        }
    }
}
