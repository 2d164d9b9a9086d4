internal import CurlHTTP
internal import Foundation
internal import JSON

/// Reads an error of any of AWS's formats.
///
/// Nothing about an error's body is certain: a load balancer answers in HTML, a proxy in plain text. Whatever cannot be
/// read still becomes an error with the status as its code.
struct ErrorReader {
    let operation: AWSOperation
    let response: HTTPResponse
    let requestID: String?

    static func isErrorRoot(_ root: String) -> Bool { root == "Error" || root == "ErrorResponse" }

    /// The error that the response stands for.
    func error() -> AWSError {
        var found = parts()
        if let code = queryErrorCode ?? found.code { found.code = Self.bare(code) }
        let code = found.code.flatMap { $0.isEmpty ? nil : $0 } ?? "http\(response.status)"
        return AWSError(
            code: code,
            message: found.message.flatMap { $0.isEmpty ? nil : $0 }
                ?? "the service answered status \(response.status)",
            kind: RetryClassification.kind(code: code, status: response.status),
            requestID: found.requestID ?? requestID,
            httpStatus: response.status
        )
    }

    private struct Parts {
        var code: String?
        var message: String?
        var requestID: String?
    }

    private func parts() -> Parts {
        let first = response.body.first { $0 > 0x20 }
        if first == UInt8(ascii: "<"), let document = try? XMLReader.read(response.body) { return xmlParts(document) }
        if let tree = try? JSONValue(parsing: response.body), tree.isObject { return jsonParts(tree) }
        return Parts(code: response.header("x-amzn-errortype"))
    }

    /// EC2 writes `Response/Errors/Error`, query `ErrorResponse/Error`, S3 `Error` alone.
    private func xmlParts(_ document: XMLReader.Document) -> Parts {
        let content = document.content
        let listed = content["Errors"]?["Error"]
        let error = content["Error"] ?? listed?.array?.first ?? listed ?? content
        let id = ["RequestId", "RequestID", "requestId"].lazy.compactMap { content[$0]?.string ?? error[$0]?.string }
            .first
        return Parts(
            code: error["Code"]?.string,
            message: (error["Message"] ?? error["message"])?.string,
            requestID: id
        )
    }

    private func jsonParts(_ tree: JSONValue) -> Parts {
        // Lambda and older REST services write a number into `code`; the type's name stands in the header then.
        let code =
            response.header("x-amzn-errortype") ?? tree["__type"]?.string ?? tree["code"]?.string
            ?? tree["Code"]?.string ?? tree["Error"]?["Code"]?.string
        let message = ["message", "Message", "errorMessage", "error_description"].lazy.compactMap { tree[$0]?.string }
            .first
        return Parts(code: code, message: message ?? tree["Error"]?["Message"]?.string)
    }

    /// Services that moved from query to JSON still tell the old code, which is the one that IAM policies and people know.
    private var queryErrorCode: String? {
        response.header("x-amzn-query-error").map { String($0.prefix { $0 != ";" }) }
    }

    /// `aws.protocoltests#FooError:http://…` is FooError.
    private static func bare(_ code: String) -> String {
        let name = code.prefix { $0 != ":" && $0 != "," }
        let bare = name.lastIndex(of: "#").map { name[name.index(after: $0)...] } ?? name
        return bare.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
