internal import CCurl

extension HTTPError {
    /// One of libcurl's failures in this module's terms.
    init(_ failure: CURLcode, origin: String) {
        let reason = curl_easy_strerror(failure).map { String(cString: $0) } ?? "libcurl error \(failure.rawValue)"
        let code: Code =
            switch failure {
            case CURLE_OPERATION_TIMEDOUT: .timeout
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameResolution
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
                .tls
            case CURLE_URL_MALFORMAT: .invalidRequest
            // The scheme was checked before; what libcurl then does not support is an answer without a status line.
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2,
                CURLE_RANGE_ERROR:
                .malformedResponse
            default: .connection
            }
        self.init(code, "\(origin): \(reason)")
    }
}
