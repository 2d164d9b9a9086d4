import CurlHTTP
import Foundation
import Synchronization

/// A transport that answers from a script and remembers what was asked.
final class ScriptedTransport: HTTPTransport {
    typealias Answer = @Sendable (HTTPRequest, _ index: Int) -> Result<HTTPResponse, HTTPError>

    private let answer: Answer
    private let asked = Mutex<[HTTPRequest]>([])

    init(_ answer: @escaping Answer) { self.answer = answer }

    /// Answers one after another; a request beyond the last finds nobody listening.
    convenience init(_ answers: [Result<HTTPResponse, HTTPError>]) {
        self.init { _, index in
            index < answers.count ? answers[index] : .failure(HTTPError(.connection, "nobody listens"))
        }
    }

    var requests: [HTTPRequest] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let index = asked.withLock { asked in
            asked.append(request)
            return asked.count - 1
        }
        return try answer(request, index).get()
    }
}

extension Result<HTTPResponse, HTTPError> {
    /// A response of that status.
    static func status(_ status: Int, _ body: String = "", headers: [HTTPHeader] = []) -> Self {
        .success(HTTPResponse(status: status, headers: headers, body: Data(body.utf8)))
    }
}
