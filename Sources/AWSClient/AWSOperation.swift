/// One operation of a service, described as data: what differs between AWS's several hundred tagging operations fits here.
public struct AWSOperation: Sendable, Hashable {
    /// Where a member of the input goes; one that is not listed goes into the body under its own name.
    public enum Placement: Sendable, Hashable {
        /// Into the path, in place of the label of that name.
        case label(String)
        /// Into the query under that name; an array repeats it.
        case query(String)
        /// Into a header of that name.
        case header(String)
        /// The body is this member and nothing else.
        case payload
    }

    /// How a list is written where the protocol writes one with element names (query and XML).
    public struct ListShape: Sendable, Hashable {
        /// What an element is called.
        public var element: String
        /// Whether the elements stand directly under the parent, with no list around them.
        public var isFlattened: Bool

        /// A list of elements of that name.
        public init(element: String = "member", isFlattened: Bool = false) {
            self.element = element
            self.isFlattened = isFlattened
        }
    }

    /// How a map is written where the protocol has no maps of its own (query and XML).
    public struct MapShape: Sendable, Hashable {
        /// What the key of an entry is called.
        public var key: String
        /// What its value is called.
        public var value: String
        /// Whether the entries stand directly under the parent.
        public var isFlattened: Bool

        /// A map of entries with those names.
        public init(key: String = "key", value: String = "value", isFlattened: Bool = false) {
            self.key = key
            self.value = value
            self.isFlattened = isFlattened
        }
    }

    /// How a request says whom it comes from.
    public enum Authorization: Sendable, Hashable {
        /// Signed with SigV4, as all but a few operations are.
        case signature
        /// Not at all: the operation carries its own proof, such as a web identity's token.
        case none
    }

    /// What a reply holds.
    public enum ReplyForm: Sendable, Hashable {
        /// A document of the service's protocol.
        case document
        /// Whatever somebody stored, of at most so many bytes.
        case bytes(maximum: Int)
    }

    /// The service.
    public var service: AWSService
    /// The operation's name as the API spells it.
    public var name: String
    /// The HTTP method.
    public var method: String
    /// The path with `{labels}` (`{label+}` keeps slashes) and, where the API has a fixed one, a query.
    public var uri: String
    /// What stands before the host, such as `{AccountId}.`, with labels of its own.
    public var hostPrefix: String
    /// Where members go that do not go into the body.
    public var placements: [String: Placement]
    /// The lists that are not written in the protocol's usual way, by the name of their member.
    public var lists: [String: ListShape]
    /// The maps among the members, by name; a protocol with form or XML bodies cannot tell them from objects.
    public var maps: [String: MapShape]
    /// The root element of an XML body; `nil` takes the payload member's name or makes it of the operation's.
    public var root: String?
    /// Whether the body needs a checksum header, as S3's configuration writes do.
    public var needsChecksum: Bool
    /// How the request is authorised.
    public var authorization: Authorization
    /// What the reply holds.
    public var reply: ReplyForm
    /// The elements of an XML reply that somebody reads; `nil` for all.
    public var reads: ReplyElements?

    /// An operation; the defaults are those of the protocols with one path.
    public init(
        _ service: AWSService,
        _ name: String,
        method: String = "POST",
        uri: String = "/",
        hostPrefix: String = "",
        placements: [String: Placement] = [:],
        lists: [String: ListShape] = [:],
        maps: [String: MapShape] = [:],
        root: String? = nil,
        needsChecksum: Bool = false,
        authorization: Authorization = .signature,
        reply: ReplyForm = .document,
        reads: ReplyElements? = nil
    ) {
        self.service = service
        self.name = name
        self.method = method
        self.uri = uri
        self.hostPrefix = hostPrefix
        self.placements = placements
        self.lists = lists
        self.maps = maps
        self.root = root
        self.needsChecksum = needsChecksum
        self.authorization = authorization
        self.reply = reply
        self.reads = reads
    }

    /// The operation as people write it, `ec2:CreateTags`: IAM's spelling.
    public var qualifiedName: String { "\(service.signingName):\(name)" }
}
