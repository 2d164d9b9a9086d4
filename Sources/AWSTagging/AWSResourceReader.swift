public import AWSClient
public import AutoTagger
public import JSON
internal import Locking

/// Makes the reading calls that handlers ask for, and follows their pages.
public struct AWSResourceReader: ResourceReader {
    /// A hundred thousand resources: more pages than any launch has, and an end to a service that never stops.
    private static let maximumPages = 100

    private let client: AWSClient
    /// What handlers read of replies, laid out for reading: as many as there are handlers that say so.
    private let elements = Locked<[Set<String>: ReplyElements]>([:])

    /// A reader over a client.
    public init(client: AWSClient) { self.client = client }

    /// One tree a page.
    ///
    /// - Throws: ``Failure`` when AWS refuses or cannot be reached; pages read before that are given up.
    public func read(_ call: PlannedCall, accountID: String, region: String) async throws(Failure) -> [JSONValue] {
        let known = ServiceDirectory.service(call.service).map { service in
            AWSOperation(service, call.operation, reads: call.reads.map(elements(named:)))
        }
        guard let operation = call.spelling?.operation ?? known else {
            throw Failure(
                code: "unknownService",
                message: "no way to call \(call.action): the service '\(call.service)' is not known",
                isTransient: false, kind: .configuration)
        }
        let scope = AWSScope(accountID: accountID, region: region)
        var pages: [JSONValue] = []
        var token: String?
        repeat {
            guard var parameters = call.parameters.object else { return pages }
            if let token { parameters["NextToken"] = .string(token) }
            do {
                let reply = try await client.call(operation, .object(parameters), in: scope)
                pages.append(reply.output)
                token = reply.output.member("nextToken")?.string.flatMap { $0.isEmpty ? nil : $0 }
            } catch {
                throw Failure(error)
            }
        } while token != nil && pages.count < Self.maximumPages
        return pages
    }

    private func elements(named names: Set<String>) -> ReplyElements {
        elements.withLock { known in
            if let elements = known[names] { return elements }
            let elements = ReplyElements(names)
            known[names] = elements
            return elements
        }
    }
}

/// The services that can be called, by IAM prefix.
enum ServiceDirectory {
    static func service(_ prefix: String) -> AWSService? {
        switch prefix {
        case "ec2": .ec2
        case "sts": .sts
        default: nil
        }
    }
}
