internal import AWSClient

extension AWSService {
    /// Amazon DynamoDB.
    static let dynamoDB = AWSService(
        id: "DynamoDB",
        endpointPrefix: "dynamodb",
        wire: .json,
        apiVersion: "2012-08-10",
        targetPrefix: "DynamoDB_20120810",
        jsonVersion: "1.0"
    )
}

extension AWSOperation {
    static let putItem = AWSOperation(.dynamoDB, "PutItem")
    static let deleteItem = AWSOperation(.dynamoDB, "DeleteItem")
    static let batchGetItem = AWSOperation(.dynamoDB, "BatchGetItem")
    static let batchWriteItem = AWSOperation(.dynamoDB, "BatchWriteItem")
    static let query = AWSOperation(.dynamoDB, "Query")
    static let scan = AWSOperation(.dynamoDB, "Scan")
    static let describeTable = AWSOperation(.dynamoDB, "DescribeTable")
    static let describeTimeToLive = AWSOperation(.dynamoDB, "DescribeTimeToLive")
}
