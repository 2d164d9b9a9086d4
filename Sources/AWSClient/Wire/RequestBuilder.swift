internal import Crypto
internal import CurlHTTP
internal import Foundation
internal import JSON

/// Turns an operation's input into a request for an endpoint, unsigned.
struct RequestBuilder {
    let operation: AWSOperation
    let input: JSONValue

    /// The request, with everything but the date and the signature.
    ///
    /// - Throws: ``AWSError`` of kind `configuration` when a label of the path has no value.
    func request(to endpoint: Endpoint) throws(AWSError) -> HTTPRequest {
        // An absent member and one that is null mean the same to every service but only the first is always accepted.
        var body = input.object ?? [:]
        if body.values.contains(where: \.isNull) { body = body.filter { !$0.value.isNull } }
        var uri = operation.uri
        var query: [(name: String, value: String)] = []
        var headers: [HTTPHeader] = []
        var payload: (member: String, value: JSONValue)?
        for (member, placement) in operation.placements.sorted(by: { $0.key < $1.key }) {
            guard let value = body.removeValue(forKey: member) else { continue }
            switch placement {
            case .label(let label): uri = fill(uri, label, with: value.scalarText ?? "")
            case .query(let name): query += parameters(name, value)
            case .header(let name): headers.append(HTTPHeader(name, Self.headerValue(value)))
            case .payload: payload = (member, value)
            }
        }
        if endpoint.holdsBucket { uri = Self.dropBucket(uri, template: operation.uri) }
        let content = content(body, payload)
        headers += content.headers
        if let open = uri.utf8.firstIndex(of: UInt8(ascii: "{")) {
            throw missing(String(uri[open...].prefix { $0 != "}" }.dropFirst()))
        }
        var request = HTTPRequest(
            method: operation.method,
            url: endpoint.url(hostPrefix: try hostPrefix()) + Self.join(endpoint.path, uri),
            headers: headers,
            body: content.body
        )
        request.appendQuery(query)
        return request
    }

    private func content(
        _ body: [String: JSONValue],
        _ payload: (member: String, value: JSONValue)?
    ) -> (headers: [HTTPHeader], body: Data) {
        if let text = payload?.value.string, [.restJSON, .restXML].contains(operation.service.wire) {
            return ([HTTPHeader("Content-Type", "text/plain")], Data(text.utf8))
        }
        let rest: JSONValue? = body.isEmpty ? Optional.none : .object(body)
        let value = payload.map(\.value) ?? rest
        switch operation.service.wire {
        case .ec2, .query:
            var form = QueryForm(operation)
            let type = "application/x-www-form-urlencoded; charset=utf-8"
            return ([HTTPHeader("Content-Type", type)], form.write(body))
        case .json:
            let target = [operation.service.targetPrefix, operation.name].compactMap { $0 }.joined(separator: ".")
            let headers = [
                HTTPHeader("Content-Type", "application/x-amz-json-\(operation.service.jsonVersion)"),
                HTTPHeader("X-Amz-Target", target),
            ]
            return (headers, Data(JSONValue.object(body).compactBytes))
        case .restJSON:
            guard let value else { return ([], Data()) }
            return ([HTTPHeader("Content-Type", "application/json")], Data(value.compactBytes))
        case .restXML:
            guard let value else { return ([], Data()) }
            let root = operation.root ?? payload?.member ?? "\(operation.name)Request"
            let document = XMLBody(operation: operation).document(root: root, value)
            return ([HTTPHeader("Content-Type", "application/xml")] + checksum(of: document), document)
        }
    }

    /// S3 refuses configuration writes that carry no checksum of the body; MD5 is the one every S3 has always taken.
    private func checksum(of body: Data) -> [HTTPHeader] {
        guard operation.needsChecksum else { return [] }
        return [HTTPHeader("Content-MD5", Data(Insecure.MD5.hash(data: body)).base64EncodedString())]
    }

    private func fill(_ template: String, _ label: String, with value: String) -> String {
        template
            .replacing("{\(label)}", with: PercentEncoding.encode(value))
            .replacing("{\(label)+}", with: PercentEncoding.encode(value, keepingSlashes: true))
    }

    private func hostPrefix() throws(AWSError) -> String {
        var prefix = operation.hostPrefix
        guard prefix.utf8.contains(UInt8(ascii: "{")) else { return prefix }
        for (name, value) in input.object ?? [:] {
            let text = value.scalarText ?? ""
            // What goes into a host name must not be able to name another host.
            guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else { continue }
            prefix = prefix.replacing("{\(name)}", with: text)
        }
        if prefix.contains("{") { throw missing(prefix) }
        return prefix
    }

    private func missing(_ label: String) -> AWSError {
        AWSError(
            code: "missingInput",
            message: "the input gives no usable value for \(label), which is part of the request's address",
            kind: .configuration
        )
    }

    /// The bucket stands in the host already.
    private static func dropBucket(_ uri: String, template: String) -> String {
        guard template.hasPrefix("/{Bucket}") else { return uri }
        let rest = uri.dropFirst().drop { $0 != "/" && $0 != "?" }
        return rest.hasPrefix("/") ? String(rest) : "/" + rest
    }

    private static func join(_ base: String, _ uri: String) -> String {
        base.hasSuffix("/") ? String(base.dropLast()) + uri : base + uri
    }

    private func parameters(_ name: String, _ value: JSONValue) -> [(name: String, value: String)] {
        switch value.kind {
        case .array(let elements): elements.flatMap { parameters(name, $0) }
        case .object(let members):
            // A map stands for parameters of any name; those that a member of their own names are that member's.
            members.sorted { $0.key < $1.key }.filter { !namedParameters.contains($0.key) }
                .flatMap { parameters($0.key, $0.value) }
        default: [(name, value.scalarText ?? "")]
        }
    }

    private var namedParameters: Set<String> {
        Set(
            operation.placements.compactMap { member, placement in
                guard case .query(let name) = placement, let value = input[member] else { return nil }
                return !value.isObject ? name : nil
            }
        )
    }

    private static func headerValue(_ value: JSONValue) -> String {
        guard let elements = value.array else { return value.scalarText ?? "" }
        return elements.compactMap(\.scalarText).map { text in
            guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
            return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }.joined(separator: ", ")
    }
}
