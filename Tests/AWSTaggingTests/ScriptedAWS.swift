import AWSClient
import AWSTagging
import AutoTagger
import Configuration
import CurlHTTP
import Foundation
import JSON
import Logging
import Synchronization

/// An AWS that answers by a function and remembers what it was asked.
final class ScriptedAWS: HTTPTransport {
    private let answer: @Sendable (HTTPRequest) -> HTTPResponse
    private let seen = Mutex<[HTTPRequest]>([])

    init(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) { self.answer = answer }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        seen.withLock { $0.append(request) }
        return answer(request)
    }

    var writer: AWSTagWriter { writer(TaggingRoute()) }

    func writer(_ route: TaggingRoute) -> AWSTagWriter {
        AWSTagWriter(
            client: AWSClient(
                configuration: AWSConfiguration(retry: RetryPolicy(maximumAttempts: 1)), transport: self,
                environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"],
                readFile: { _ in nil }, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })),
            route: route)
    }
}

extension HTTPResponse {
    static func ok(_ text: String) -> HTTPResponse { HTTPResponse(status: 200, body: Data(text.utf8)) }

    static func refused(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, body: Data(text.utf8))
    }
}

extension HTTPRequest {
    /// `POST /tags/x?y`, without scheme and host.
    var line: String {
        let rest = url.drop { $0 != ":" }.dropFirst(3)
        return "\(method) \(rest.drop { $0 != "/" })"
    }

    var bodyText: String { String(decoding: body, as: UTF8.self) }
}

/// The resource that a declaration finds, so that tests speak the language of plugin files.
enum Declared {
    static func resource(_ tagging: String, id: String, arn: String) throws -> TaggableResource {
        let text = """
            plugin: sample
            source: sample.amazonaws.com
            tagging: \(tagging)
            resources:
              thing: {on: CreateThing, id: responseElements.id, arn: responseElements.arn}
            """
        let event = CloudTrailEventBuilder.event(["id": .string(id), "arn": .string(arn)])
        let handlers = try PluginFile(parsing: text, file: "sample.yaml").handlers
        guard let resource = handlers.first?.find(in: event).resources.first else { throw Missing() }
        return resource
    }

    struct Missing: Error {}
}
