internal import AWSClient

/// The services that a deployment is made of, as the wire knows them.
enum Services {
    static let sqs = AWSService(
        id: "SQS", endpointPrefix: "sqs", wire: .json, apiVersion: "2012-11-05", targetPrefix: "AmazonSQS",
        jsonVersion: "1.0")
    static let events = AWSService(
        id: "EventBridge", endpointPrefix: "events", wire: .json, apiVersion: "2015-10-07", targetPrefix: "AWSEvents")
    static let lambda = AWSService(id: "Lambda", endpointPrefix: "lambda", wire: .restJSON, apiVersion: "2015-03-31")
    static let cloudTrail = AWSService(
        id: "CloudTrail", endpointPrefix: "cloudtrail", wire: .json, apiVersion: "2013-11-01",
        targetPrefix: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101")
    static let iam = AWSService(id: "IAM", endpointPrefix: "iam", wire: .query, apiVersion: "2010-05-08")
    static let cloudWatch = AWSService(
        id: "CloudWatch", endpointPrefix: "monitoring", wire: .query, apiVersion: "2010-08-01")
}

/// What the doctor asks AWS: the permissions that it needs, in IAM's spelling.
public enum DoctorPermissions {
    /// Each action, sorted. `sts:GetCallerIdentity` takes no permission and is not among them.
    public static let actions = [
        "cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus",
        "cloudwatch:GetMetricStatistics", "dynamodb:BatchGetItem", "dynamodb:DescribeTable",
        "dynamodb:DescribeTimeToLive", "dynamodb:Query",
        "events:ListRuleNamesByTarget", "events:ListRules", "events:ListTargetsByRule", "iam:GetRole",
        "iam:SimulatePrincipalPolicy", "lambda:GetFunctionConfiguration", "lambda:GetPolicy",
        "lambda:ListEventSourceMappings", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
    ]
}
