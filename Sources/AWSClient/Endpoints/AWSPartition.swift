/// One of AWS's separate clouds: regions never mix, and host names, ARNs and global services differ.
public struct AWSPartition: Sendable, Hashable {
    /// The name as ARNs spell it.
    public let id: String
    /// The end of its host names.
    public let dnsSuffix: String
    /// The end of its host names that answer over IPv6 too.
    public let dualStackSuffix: String
    /// Where global services are signed for.
    public let globalRegion: String
    /// What its regions' names start with.
    let regionPrefixes: [String]

    private static let all = [
        AWSPartition(
            id: "aws-cn",
            dnsSuffix: "amazonaws.com.cn",
            dualStackSuffix: "api.amazonwebservices.com.cn",
            globalRegion: "cn-northwest-1",
            regionPrefixes: ["cn-"]
        ),
        AWSPartition(
            id: "aws-us-gov",
            dnsSuffix: "amazonaws.com",
            dualStackSuffix: "api.aws",
            globalRegion: "us-gov-west-1",
            regionPrefixes: ["us-gov-"]
        ),
        AWSPartition(
            id: "aws-eusc",
            dnsSuffix: "amazonaws.eu",
            dualStackSuffix: "api.amazonwebservices.eu",
            globalRegion: "eusc-de-east-1",
            regionPrefixes: ["eusc-"]
        ),
        AWSPartition(
            id: "aws-iso",
            dnsSuffix: "c2s.ic.gov",
            dualStackSuffix: "api.aws.ic.gov",
            globalRegion: "us-iso-east-1",
            regionPrefixes: ["us-iso-", "aws-iso-global"]
        ),
        AWSPartition(
            id: "aws-iso-b",
            dnsSuffix: "sc2s.sgov.gov",
            dualStackSuffix: "api.aws.scloud",
            globalRegion: "us-isob-east-1",
            regionPrefixes: ["us-isob-"]
        ),
        AWSPartition(
            id: "aws-iso-e",
            dnsSuffix: "cloud.adc-e.uk",
            dualStackSuffix: "api.cloud-aws.adc-e.uk",
            globalRegion: "eu-isoe-west-1",
            regionPrefixes: ["eu-isoe-"]
        ),
        AWSPartition(
            id: "aws-iso-f",
            dnsSuffix: "csp.hci.ic.gov",
            dualStackSuffix: "api.aws.hci.ic.gov",
            globalRegion: "us-isof-south-1",
            regionPrefixes: ["us-isof-"]
        ),
    ]

    /// The commercial cloud, and the one that an unknown region is taken to belong to.
    public static let commercial = AWSPartition(
        id: "aws",
        dnsSuffix: "amazonaws.com",
        dualStackSuffix: "api.aws",
        globalRegion: "us-east-1",
        regionPrefixes: []
    )

    /// The partition of a region, or of a partition's `…-global` pseudo region.
    public init(region: String) {
        self =
            Self.all.first { partition in
                region == "\(partition.id)-global" || partition.regionPrefixes.contains { region.hasPrefix($0) }
            } ?? .commercial
    }

    private init(
        id: String,
        dnsSuffix: String,
        dualStackSuffix: String,
        globalRegion: String,
        regionPrefixes: [String]
    ) {
        self.id = id
        self.dnsSuffix = dnsSuffix
        self.dualStackSuffix = dualStackSuffix
        self.globalRegion = globalRegion
        self.regionPrefixes = regionPrefixes
    }

    /// Whether `region` is the name of the whole partition, as global services are sometimes addressed.
    func isGlobal(_ region: String) -> Bool { region == "\(id)-global" }
}
