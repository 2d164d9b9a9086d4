import Foundation
import JSON
import Testing

@testable import AWSClient

@Suite struct EndpointTests {
    private static let folders: [(folder: String, prefix: String)] = [
        ("ec2", "ec2"), ("sqs", "sqs"), ("sts", "sts"), ("dynamodb", "dynamodb"),
        ("resourcegroupstaggingapi", "tagging"), ("cloudtrail", "cloudtrail"), ("iam", "iam"), ("kms", "kms"),
        ("lambda", "lambda"), ("logs", "logs"), ("rds", "rds"), ("s3", "s3"),
    ]

    @Test(arguments: [
        ("ec2", "eu-central-1", "ec2.eu-central-1.amazonaws.com", "eu-central-1"),
        ("tagging", "cn-north-1", "tagging.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("iam", "eu-west-1", "iam.amazonaws.com", "us-east-1"),
        ("cloudfront", "us-gov-west-1", "cloudfront.amazonaws.com", "us-east-1"),
        ("route53", "us-gov-west-1", "route53.us-gov.amazonaws.com", "us-gov-west-1"),
        ("organizations", "eu-central-1", "organizations.us-east-1.amazonaws.com", "us-east-1"),
        ("networkmanager", "us-east-1", "networkmanager.us-west-2.amazonaws.com", "us-west-2"),
        ("dsql", "us-east-1", "dsql.us-east-1.api.aws", "us-east-1"),
        ("bcm-dashboards", "us-gov-east-1", "bcm-dashboards.us-gov-west-1.api.aws", "us-gov-west-1"),
        ("ec2", "us-iso-east-1", "ec2.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
    ])
    func findsTheHost(prefix: String, region: String, host: String, signingRegion: String) throws {
        let endpoint = try EndpointRules.endpoint(EndpointQuery(service: service(prefix), region: region))
        #expect(endpoint.host == host)
        #expect(endpoint.signingRegion == signingRegion)
    }

    @Test(arguments: [
        ("eu-central-1", "aws", "us-east-1"), ("cn-north-1", "aws-cn", "cn-northwest-1"),
        ("us-gov-east-1", "aws-us-gov", "us-gov-west-1"), ("us-iso-west-1", "aws-iso", "us-iso-east-1"),
        ("us-isob-west-1", "aws-iso-b", "us-isob-east-1"), ("us-isof-east-1", "aws-iso-f", "us-isof-south-1"),
        ("eu-isoe-west-1", "aws-iso-e", "eu-isoe-west-1"), ("eusc-de-east-1", "aws-eusc", "eusc-de-east-1"),
        ("mars-north-1", "aws", "us-east-1"),
    ])
    func knowsTheCloudOfARegion(region: String, cloud: String, globalRegion: String) {
        let partition = AWSPartition(region: region)
        #expect(partition.id == cloud)
        #expect(partition.globalRegion == globalRegion)
    }

    @Test(arguments: ["", "eu west", "us-east-1.evil.example", "us-east-1/", "-x", "a@b", "é"])
    func refusesWhatIsNoRegion(region: String) {
        #expect(throws: AWSError.self) {
            try EndpointRules.endpoint(EndpointQuery(service: .ec2, region: region))
        }
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesWithTheEndpointRules() throws {
        for (folder, prefix) in Self.folders {
            let path = "botocore/tests/functional/endpoint-rules/\(folder)/endpoint-tests-1.json"
            let all = try #require(try Vectors.json(path)["testCases"]?.array)
            let cases = all.filter { Self.exclusion($0["params"] ?? [:]) == nil }
            var agreed = 0
            for one in cases {
                let params = one["params"] ?? [:]
                let got = Result { try EndpointRules.endpoint(query(prefix, params)) }
                if Self.matches(got, one["expect"] ?? [:]) {
                    agreed += 1
                } else {
                    Issue.record("\(folder) \(params.compactText): \(got), not \((one["expect"] ?? [:]).compactText)")
                }
            }
            print("endpoints of \(folder): \(agreed)/\(cases.count), left out \(all.count - cases.count)")
            #expect(agreed == cases.count)
        }
    }

    /// Why a case of S3's is left out: it is about something that is not a plain bucket.
    private static func exclusion(_ params: JSONValue) -> String? {
        let bucket = params["Bucket"]?.string ?? ""
        if bucket.hasPrefix("arn:") { return "access points, Outposts and Object Lambda" }
        if bucket.contains("--x") && bucket.hasSuffix("s3") { return "directory buckets" }
        if bucket.hasSuffix("--op-s3") { return "Outposts by alias" }
        if params["UseObjectLambdaEndpoint"]?.flag == true { return "Object Lambda" }
        if params["UseS3ExpressControlEndpoint"]?.flag == true { return "directory buckets" }
        return nil
    }

    private static func matches(_ got: Result<Endpoint, any Error>, _ expect: JSONValue) -> Bool {
        switch got {
        case .failure: return expect["error"] != nil
        case .success(let endpoint):
            guard let wanted = expect["endpoint"]?["url"]?.string else { return false }
            let path = endpoint.path.hasSuffix("/") ? String(endpoint.path.dropLast()) : endpoint.path
            guard endpoint.url(hostPrefix: "") + path == (wanted.hasSuffix("/") ? String(wanted.dropLast()) : wanted)
            else { return false }
            let scheme = expect["endpoint"]?["properties"]?["authSchemes"]?.array?.first
            let region = scheme?["signingRegion"]?.string
            return region == nil || region == endpoint.signingRegion
        }
    }

    private func service(_ prefix: String) -> AWSService {
        AWSService(id: prefix, endpointPrefix: prefix, wire: .json, apiVersion: "2020-01-01")
    }

    private func query(_ prefix: String, _ params: JSONValue) -> EndpointQuery {
        var query = EndpointQuery(service: service(prefix), region: params["Region"]?.string)
        query.variant.usesFIPS = params["UseFIPS"]?.flag ?? false
        query.variant.usesDualStack = params["UseDualStack"]?.flag ?? false
        query.override = params["Endpoint"]?.string.map { ($0, "the case") }
        query.bucket = params["Bucket"]?.string
        query.usesPathStyle = params["ForcePathStyle"]?.flag ?? false
        query.usesAcceleration = params["Accelerate"]?.flag ?? false
        query.usesGlobalEndpoint = params["UseGlobalEndpoint"]?.flag ?? false
        query.accountMode = params["AccountIdEndpointMode"]?.string.flatMap(EndpointQuery.AccountMode.init)
        query.accountID = params["AccountId"]?.string
        let tables = params["ResourceArnList"]?.array?.compactMap(\.string) ?? []
        query.resourceARNs = (params["ResourceArn"]?.string.map { [$0] } ?? []) + tables
        query.isSearch = params["IsSearchOperation"]?.flag ?? false
        return query
    }
}
