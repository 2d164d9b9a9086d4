/// What single services do otherwise than the rule for all: data, read off AWS's published endpoint rules.
struct EndpointException: Sendable {
    /// Hosts that follow no rule, by partition.
    struct Hosts: Sendable {
        var plain: String
        var fips: String?
        var dualStack: String?
        var fipsDualStack: String?
        /// What is signed for, where it is not the partition's global region.
        var signingRegion: String?
    }

    /// Whether the service lives in one region of each partition and is addressed there from everywhere.
    var isPinned = false
    /// That region in the commercial partition, where it is not the global one.
    var commercialRegion: String?
    /// Whether there are only hosts that answer over both IPv4 and IPv6.
    var isDualStackOnly = false
    /// Whether its ordinary hosts in GovCloud are the FIPS ones, so that no host says so.
    var hasPlainFIPSInGovCloud = false
    var hosts: [String: Hosts] = [:]

    /// The service's exception by its endpoint prefix.
    static let all: [String: EndpointException] = {
        var all: [String: EndpointException] = [
            "iam": EndpointException(hosts: iam),
            "cloudfront": EndpointException(
                hosts: global("cloudfront", china: "cloudfront.cn-northwest-1.amazonaws.com.cn")),
            "budgets": EndpointException(hosts: global("budgets", china: "budgets.amazonaws.com.cn")),
            "route53": EndpointException(hosts: route53),
            "savingsplans": EndpointException(hosts: ["aws": Hosts(plain: "savingsplans.amazonaws.com")]),
            "waf": EndpointException(hosts: ["aws": Hosts(plain: "waf.amazonaws.com", fips: "waf-fips.amazonaws.com")]),
        ]
        for prefix in ["ec2", "sqs", "sts", "dynamodb", "search-dynamodb", "cloudtrail", "logs", "rds"] {
            all[prefix, default: EndpointException()].hasPlainFIPSInGovCloud = true
        }
        for prefix in ["networkmanager", "route53-recovery-control-config", "globalaccelerator"] {
            all[prefix] = EndpointException(isPinned: true, commercialRegion: "us-west-2")
        }
        for prefix in ["billing", "billingconductor", "ce", "organizations", "shield"] + pinnedDualStack {
            all[prefix, default: EndpointException()].isPinned = true
        }
        for prefix in dualStackOnly + pinnedDualStack {
            all[prefix, default: EndpointException()].isDualStackOnly = true
        }
        return all
    }()

    private static let pinnedDualStack = [
        "bcm-dashboards", "bcm-data-exports", "bcm-pricing-calculator", "invoicing", "notifications-contacts",
    ]

    private static let dualStackOnly = [
        "aidevops", "airflow-serverless", "api.iotmanagedintegrations", "application-signals", "arc-region-switch",
        "backup-search", "datazone", "dsql", "gameliftstreams", "health-agent", "interconnect", "kendra-ranking", "mpa",
        "networkflowmonitor", "notifications", "partnercentral-account", "partnercentral-benefits",
        "partnercentral-selling", "qbusiness", "route53globalresolver", "s3files", "s3vectors", "security-ir",
        "securityagent", "workspaces-instances",
    ]

    /// One host for a whole partition; GovCloud is served by the commercial one.
    private static func global(_ prefix: String, china: String) -> [String: Hosts] {
        let commercial = Hosts(
            plain: "\(prefix).amazonaws.com",
            fips: "\(prefix)-fips.amazonaws.com",
            dualStack: "\(prefix).global.api.aws",
            signingRegion: "us-east-1"
        )
        return [
            "aws": commercial, "aws-us-gov": commercial, "aws-cn": Hosts(plain: china),
            "aws-iso": Hosts(plain: "\(prefix).c2s.ic.gov"),
        ]
    }

    private static let route53: [String: Hosts] = [
        "aws": Hosts(plain: "route53.amazonaws.com", fips: "route53-fips.amazonaws.com"),
        "aws-cn": Hosts(plain: "route53.amazonaws.com.cn"),
        "aws-us-gov": Hosts(plain: "route53.us-gov.amazonaws.com", fips: "route53.us-gov.amazonaws.com"),
        "aws-iso": Hosts(plain: "route53.c2s.ic.gov"),
        "aws-iso-b": Hosts(plain: "route53.sc2s.sgov.gov"),
    ]

    private static let iam: [String: Hosts] = [
        "aws": Hosts(
            plain: "iam.amazonaws.com",
            fips: "iam-fips.amazonaws.com",
            dualStack: "iam.global.api.aws",
            fipsDualStack: "iam-fips.global.api.aws"
        ),
        "aws-cn": Hosts(
            plain: "iam.cn-north-1.amazonaws.com.cn",
            fips: "iam-fips.amazonaws.com.cn",
            dualStack: "iam.global.api.amazonwebservices.com.cn",
            fipsDualStack: "iam-fips.api.amazonwebservices.com.cn",
            signingRegion: "cn-north-1"
        ),
        "aws-us-gov": Hosts(
            plain: "iam.us-gov.amazonaws.com",
            fips: "iam.us-gov.amazonaws.com",
            dualStack: "iam.us-gov.api.aws",
            fipsDualStack: "iam.us-gov.api.aws"
        ),
        "aws-eusc": Hosts(plain: "iam.eusc-de-east-1.amazonaws.eu", fips: "iam-fips.amazonaws.eu"),
        "aws-iso": Hosts(plain: "iam.us-iso-east-1.c2s.ic.gov", fips: "iam-fips.us-iso-east-1.c2s.ic.gov"),
        "aws-iso-b": Hosts(plain: "iam.us-isob-east-1.sc2s.sgov.gov", fips: "iam-fips.us-isob-east-1.sc2s.sgov.gov"),
        "aws-iso-e": Hosts(plain: "iam.eu-isoe-west-1.cloud.adc-e.uk", fips: "iam-fips.cloud.adc-e.uk"),
        "aws-iso-f": Hosts(plain: "iam.us-isof-south-1.csp.hci.ic.gov", fips: "iam-fips.csp.hci.ic.gov"),
    ]
}
