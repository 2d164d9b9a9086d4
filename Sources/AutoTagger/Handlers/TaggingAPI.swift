public import JSON

/// A service's API for tags, wholly as data: where it lives, how it writes, what puts tags on and what reads them.
///
/// AWS's 330 tagging operations are one shape with some eight spellings, so one writer takes them all by such descriptions.
public struct TaggingAPI: Sendable, Hashable {
    /// How a service writes requests and replies; EC2's own form has a writer of its own, which batches.
    public enum Wire: String, Sendable, Hashable, CaseIterable {
        /// Parameters in the body, an XML reply.
        case query
        /// One JSON document each way, the operation in a header.
        case json
        /// Methods and paths, JSON in bodies.
        case restJSON = "rest-json"
        /// Methods and paths, XML in bodies.
        case restXML = "rest-xml"
    }

    /// Where the API lives and what its requests carry.
    public struct Service: Sendable, Hashable {
        /// The name in AWS's SDKs, of which `AWS_ENDPOINT_URL_<SERVICE>` is made.
        public var sdkID: String
        /// The first part of its host name.
        public var endpointPrefix: String
        /// What its signatures name.
        public var signingName: String
        /// How it writes.
        public var wire: Wire
        /// The API's date, sent by the query wire.
        public var apiVersion: String
        /// What stands before the operation's name in `X-Amz-Target`, for the json wire.
        public var targetPrefix: String?
        /// The version in `application/x-amz-json-1.x`.
        public var jsonVersion: String
        /// The namespace of XML bodies, where the service insists on one.
        public var xmlNamespace: String?

        /// A service of those parts.
        public init(
            sdkID: String, endpointPrefix: String, signingName: String, wire: Wire, apiVersion: String = "",
            targetPrefix: String? = nil, jsonVersion: String = "1.1", xmlNamespace: String? = nil
        ) {
            self.sdkID = sdkID
            self.endpointPrefix = endpointPrefix
            self.signingName = signingName
            self.wire = wire
            self.apiVersion = apiVersion
            self.targetPrefix = targetPrefix
            self.jsonVersion = jsonVersion
            self.xmlNamespace = xmlNamespace
        }
    }

    /// One of its operations.
    public struct Call: Sendable, Hashable {
        /// The operation's name.
        public var operation: String
        /// The HTTP method.
        public var method: String
        /// The path with `{labels}`, which may also stand in its query.
        public var uri: String
        /// What stands before the host, with labels.
        public var hostPrefix: String
        /// The members that travel as headers.
        public var headers: [String: String]
        /// The member that names the resource; `nil` where other members do.
        public var identifier: String?
        /// Whether that member takes a list.
        public var takesList: Bool
        /// The other members, with `${…}` still to be replaced.
        public var members: JSONValue
        /// Where the tags stand in the request or in the reply, as names from the outside in; `[]` follows a list.
        public var tags: String

        /// A call of those parts.
        public init(
            operation: String, method: String, uri: String, hostPrefix: String = "", headers: [String: String] = [:],
            identifier: String?, takesList: Bool = false, members: JSONValue = [:], tags: String
        ) {
            self.operation = operation
            self.method = method
            self.uri = uri
            self.hostPrefix = hostPrefix
            self.headers = headers
            self.identifier = identifier
            self.takesList = takesList
            self.members = members
            self.tags = tags
        }
    }

    /// How tags are spelled.
    public enum Form: Sendable, Hashable {
        /// An object of keys and values.
        case map
        /// A list of objects with a key's and a value's member.
        case list(key: String, value: String)
    }

    /// What stands for the resource.
    public enum Identifier: String, Sendable, Hashable, CaseIterable {
        /// Its ARN.
        case arn
        /// Its bare id.
        case id
    }

    /// The service.
    public var service: Service
    /// The call that puts tags on.
    public var write: Call
    /// The call that tells which tags are there; without one the Resource Groups Tagging API is asked.
    public var read: Call?
    /// What both calls take for the resource.
    public var takes: Identifier
    /// How tags are spelled, in requests and replies.
    public var form: Form
    /// What an element of a list of tags is called in form and XML bodies.
    public var element: String?
    /// What else every tag of a list carries, with `${…}` still to be replaced.
    public var each: JSONValue
    /// Whether a write replaces all tags, so that what is there must be read and written along.
    public var replacesAll: Bool
    /// Whether the body needs a checksum.
    public var needsChecksum: Bool
    /// The characters that values may not have here although tags elsewhere may.
    public var refusedCharacters: String
    /// The permissions that the calls need, such as `lambda:TagResource`.
    public var permissions: [Permission]

    /// An API of those parts.
    public init(
        service: Service, write: Call, read: Call?, takes: Identifier = .arn, form: Form, element: String? = nil,
        each: JSONValue = [:], replacesAll: Bool = false, needsChecksum: Bool = false, refusedCharacters: String = "",
        permissions: [Permission]
    ) {
        self.service = service
        self.write = write
        self.read = read
        self.takes = takes
        self.form = form
        self.element = element
        self.each = each
        self.replacesAll = replacesAll
        self.needsChecksum = needsChecksum
        self.refusedCharacters = refusedCharacters
        self.permissions = permissions
    }
}
