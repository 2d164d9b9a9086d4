internal import CurlHTTP
internal import Foundation
internal import JSON

/// Reads a response of any protocol into one tree, or into one error.
struct ReplyReader {
    let operation: AWSOperation

    private var speaksXML: Bool {
        switch operation.service.wire {
        case .ec2, .query, .restXML: true
        case .json, .restJSON: false
        }
    }

    /// The reply of a response, whatever its status says: S3 has answered 200 with an error in the body.
    func read(_ response: HTTPResponse) throws(AWSError) -> AWSReply {
        let headerID = ["x-amzn-requestid", "x-amz-request-id", "x-amz-id-2"].lazy.compactMap(response.header).first
        guard (200..<300).contains(response.status) else {
            throw ErrorReader(operation: operation, response: response, requestID: headerID).error()
        }
        if case .bytes = operation.reply {
            return AWSReply(output: [:], bytes: response.body, requestID: headerID)
        }
        guard !response.body.isEmpty else { return AWSReply(output: [:], requestID: headerID) }
        return try speaksXML ? readXML(response, headerID) : readJSON(response, headerID)
    }

    private func readJSON(_ response: HTTPResponse, _ requestID: String?) throws(AWSError) -> AWSReply {
        do {
            return AWSReply(output: try JSONValue(parsing: response.body), requestID: requestID)
        } catch {
            throw malformed(response, error.message, requestID)
        }
    }

    private func readXML(_ response: HTTPResponse, _ headerID: String?) throws(AWSError) -> AWSReply {
        let document: XMLReader.Document
        do {
            document = try XMLReader.read(response.body, wanted: operation.reads)
        } catch {
            throw malformed(response, error.reason, headerID)
        }
        if ErrorReader.isErrorRoot(document.root) {
            throw ErrorReader(operation: operation, response: response, requestID: headerID).error()
        }
        var output = document.content
        let metadata = output["ResponseMetadata"]
        let requestID = (output["requestId"] ?? metadata?["RequestId"])?.string ?? headerID
        if operation.service.wire == .query { output = output["\(operation.name)Result"] ?? output }
        // An element without children reads as a text; a reply is an object all the same.
        if !output.isObject { output = [:] }
        return AWSReply(output: output, requestID: requestID)
    }

    private func malformed(_ response: HTTPResponse, _ reason: String, _ requestID: String?) -> AWSError {
        AWSError(
            code: "malformedReply",
            message: "the response of status \(response.status) cannot be read: \(reason)",
            kind: .malformedReply,
            requestID: requestID,
            httpStatus: response.status
        )
    }
}
