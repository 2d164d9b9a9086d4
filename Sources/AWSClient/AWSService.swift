/// One AWS service as the wire knows it: where it lives, what its signatures name, and how it spells requests.
public struct AWSService: Sendable, Hashable {
    /// How a service writes requests and replies.
    public enum WireProtocol: String, Sendable, Hashable, CaseIterable {
        /// EC2's form: parameters in the body, lists counted without a word between, an XML reply.
        case ec2
        /// The older services' form: parameters in the body, an XML reply.
        case query
        /// One JSON document each way, the operation in `X-Amz-Target`; the version is ``AWSService/jsonVersion``.
        case json
        /// Methods and paths, JSON in bodies.
        case restJSON = "rest-json"
        /// Methods and paths, XML in bodies.
        case restXML = "rest-xml"
    }

    /// The name AWS's SDKs give it, such as `Resource Groups Tagging API`; `AWS_ENDPOINT_URL_<SERVICE>` is made of it.
    public var id: String
    /// The first part of its host name.
    public var endpointPrefix: String
    /// What its signatures name; often the endpoint prefix, but `tagging` or `rds` for several.
    public var signingName: String
    /// How it writes requests and replies.
    public var wire: WireProtocol
    /// The API's date, which ec2 and query send as `Version`.
    public var apiVersion: String
    /// What stands before the operation's name in `X-Amz-Target`.
    public var targetPrefix: String?
    /// The version in `application/x-amz-json-1.x`.
    public var jsonVersion: String
    /// The namespace of the XML that it expects, where it insists on one.
    public var xmlNamespace: String?

    /// A service of those parts; the signing name is the endpoint prefix unless told otherwise.
    public init(
        id: String,
        endpointPrefix: String,
        signingName: String? = nil,
        wire: WireProtocol,
        apiVersion: String,
        targetPrefix: String? = nil,
        jsonVersion: String = "1.1",
        xmlNamespace: String? = nil
    ) {
        self.id = id
        self.endpointPrefix = endpointPrefix
        self.signingName = signingName ?? endpointPrefix
        self.wire = wire
        self.apiVersion = apiVersion
        self.targetPrefix = targetPrefix
        self.jsonVersion = jsonVersion
        self.xmlNamespace = xmlNamespace
    }
}

extension AWSService {
    /// Amazon EC2.
    public static let ec2 = AWSService(id: "EC2", endpointPrefix: "ec2", wire: .ec2, apiVersion: "2016-11-15")
    /// Amazon S3.
    public static let s3 = AWSService(
        id: "S3", endpointPrefix: "s3", wire: .restXML, apiVersion: "2006-03-01",
        xmlNamespace: "http://s3.amazonaws.com/doc/2006-03-01/")
    /// The Security Token Service.
    public static let sts = AWSService(id: "STS", endpointPrefix: "sts", wire: .query, apiVersion: "2011-06-15")
    /// The Resource Groups Tagging API, which tags resources of many services by their ARN.
    public static let tagging = AWSService(
        id: "Resource Groups Tagging API",
        endpointPrefix: "tagging",
        wire: .json,
        apiVersion: "2017-01-26",
        targetPrefix: "ResourceGroupsTaggingAPI_20170126"
    )
}
