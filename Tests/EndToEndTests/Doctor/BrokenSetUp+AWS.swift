import Foundation
import JSON

extension BrokenSetUp {
    /// CloudTrail and EventBridge.
    static let senders = [
        BrokenSetUp(
            testDescription: "no trail",
            harm: { try await $0.call("cloudtrail", "delete_trail", ["Name": "management"]) },
            broken: ["trail"], mentions: ["no trail logs in us-east-1", "create-trail"], status: 78),
        BrokenSetUp(
            testDescription: "a trail that is off",
            harm: { try await $0.call("cloudtrail", "stop_logging", ["Name": "$trail"]) },
            broken: ["trail"], mentions: ["management", "start-logging --name $trail"], status: 78),
        BrokenSetUp(
            testDescription: "another region than the one where all is",
            harm: { site in
                try await site.call(
                    "cloudtrail", "update_trail", ["Name": "$trail", "IsMultiRegionTrail": false])
                site.place = site.place.with(["AWS_REGION": "eu-west-1"])
            },
            broken: ["trail", "queue"], mentions: ["no trail logs in eu-west-1", "list-queues --region eu-west-1"],
            status: 78),
        BrokenSetUp(
            testDescription: "a trail that takes reads alone",
            harm: { site in
                try await site.call(
                    "cloudtrail", "put_event_selectors",
                    [
                        "TrailName": "$trail",
                        "EventSelectors": [["ReadWriteType": "ReadOnly", "IncludeManagementEvents": true]],
                    ])
            },
            broken: ["trail"], mentions: ["no management events that write", "put-event-selectors"], status: 78),
        BrokenSetUp(
            testDescription: "a trail that leaves a service out",
            harm: { site in
                try await site.call(
                    "cloudtrail", "put_event_selectors",
                    [
                        "TrailName": "$trail",
                        "AdvancedEventSelectors": [
                            [
                                "Name": "all but KMS",
                                "FieldSelectors": [
                                    ["Field": "eventCategory", "Equals": ["Management"]],
                                    ["Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]],
                                ],
                            ]
                        ],
                    ])
            },
            warned: ["trail"], mentions: ["kms.amazonaws.com", "get-event-selectors"]),
        BrokenSetUp(
            testDescription: "no rule",
            harm: { site in
                try await site.call("events", "remove_targets", ["Rule": "autotagger", "Ids": ["autotagger"]])
                try await site.call("events", "delete_rule", ["Name": "autotagger"])
            },
            broken: ["rule"], mentions: ["$queueArn", "generate event-pattern"], status: 78),
        BrokenSetUp(
            testDescription: "no rule of that name", arguments: ["--queue-url", "$queue", "--rule", "ghost"],
            harm: { _ in }, broken: ["rule"], mentions: ["ghost"], status: 78),
        BrokenSetUp(
            testDescription: "a rule that is off",
            harm: { try await $0.call("events", "disable_rule", ["Name": "autotagger"]) },
            broken: ["rule"], mentions: ["switched off", "aws events enable-rule --name autotagger"], status: 78),
        BrokenSetUp(
            testDescription: "a rule that leads elsewhere",
            arguments: ["--queue-url", "$queue", "--rule", "autotagger"],
            harm: { site in
                try await site.call("events", "remove_targets", ["Rule": "autotagger", "Ids": ["autotagger"]])
                try await site.call(
                    "events", "put_targets",
                    ["Rule": "autotagger", "Targets": [["Id": "x", "Arn": .string(site["queueArn"] + "-dead")]]])
            },
            broken: ["rule"], mentions: ["autotagger-dead", "put-targets"], status: 78),
        BrokenSetUp(
            testDescription: "a pattern for something else",
            harm: {
                try await pattern(
                    #"{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"]}"#, of: $0)
            },
            broken: ["pattern"], mentions: ["none of the", "generate event-pattern"], status: 78),
        BrokenSetUp(
            testDescription: "a pattern for EC2 alone",
            harm: {
                try await pattern(
                    #"{"source":["aws.ec2"],"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":[{"prefix":"Create"},{"prefix":"Run"}]}}"#,
                    of: $0)
            },
            warned: ["pattern"], mentions: ["do not pass", "generate event-pattern"]),
        BrokenSetUp(
            testDescription: "a pattern that asks who called",
            harm: { site in
                try await pattern(
                    #"{"detail-type":["AWS API Call via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}"#,
                    of: site)
            },
            warned: ["pattern"], mentions: ["detail.userIdentity.type"]),
    ]

    /// The queue and what takes from it.
    static let receivers = [
        BrokenSetUp(
            testDescription: "a queue that refuses EventBridge", harm: { try await queue(["Policy": ""], of: $0) },
            broken: ["delivery"], mentions: ["events.amazonaws.com", "sqs:SendMessage", "$ruleArn"], status: 77),
        BrokenSetUp(
            testDescription: "a queue with a key that EventBridge may not use",
            harm: { try await queue(["KmsMasterKeyId": "alias/aws/sqs"], of: $0) },
            broken: ["delivery"], mentions: ["alias/aws/sqs", "SqsManagedSseEnabled"], status: 78),
        BrokenSetUp(
            testDescription: "no queue", harm: { try await $0.call("sqs", "delete_queue", ["QueueUrl": "$queue"]) },
            broken: ["queue"], mentions: ["$queue", "--queue-url"], status: 78),
        BrokenSetUp(
            testDescription: "a queue that does not hide messages long enough",
            harm: { try await queue(["VisibilityTimeout": "5"], of: $0) },
            warned: ["queue"], mentions: ["5 s", "VisibilityTimeout=120"]),
        BrokenSetUp(
            testDescription: "a queue that nobody reads",
            harm: { site in
                try await site.call("sqs", "send_message", ["QueueUrl": "$queue", "MessageBody": "{}"])
                try await site.call(
                    "cloudwatch", "put_metric_data",
                    [
                        "Namespace": "AWS/SQS",
                        "MetricData": [
                            [
                                "MetricName": "ApproximateAgeOfOldestMessage", "Value": 7200,
                                "Timestamp": .string(Date(timeIntervalSinceNow: -120).formatted(.iso8601)),
                                "Dimensions": [["Name": "QueueName", "Value": "autotagger"]],
                            ]
                        ],
                    ])
            },
            broken: ["queue"], mentions: ["1 waiting", "2 hours old", "daemon"], status: 75),
        BrokenSetUp(
            testDescription: "dead letters",
            harm: { try await $0.call("sqs", "send_message", ["QueueUrl": "$deadLetters", "MessageBody": "{}"]) },
            broken: ["dead letters"], mentions: ["1 event", "start-message-move-task"], status: 75),
        BrokenSetUp(
            testDescription: "a dead-letter queue that is gone",
            harm: { try await $0.call("sqs", "delete_queue", ["QueueUrl": "$deadLetters"]) },
            broken: ["dead letters"], mentions: ["autotagger-dead", "not there"], status: 78),
        BrokenSetUp(
            testDescription: "no dead-letter queue", harm: { try await queue(["RedrivePolicy": ""], of: $0) },
            warned: ["dead letters"], mentions: ["no dead-letter queue", "RedrivePolicy"]),
        BrokenSetUp(
            testDescription: "no function", arguments: ["--queue-url", "$queue", "--function", "ghost"], harm: { _ in },
            broken: ["function"], mentions: ["ghost", "--function"], status: 78),
        BrokenSetUp(
            testDescription: "a function that nothing feeds",
            arguments: ["--queue-url", "$queue", "--function", "autotagger"], withFunction: true,
            harm: { try await $0.call("lambda", "delete_event_source_mapping", ["UUID": "$mapping"]) },
            broken: ["function"], warned: ["last event"], mentions: ["create-event-source-mapping", "$queueArn"],
            status: 78),
        BrokenSetUp(
            testDescription: "a mapping that is off", arguments: ["--function", "autotagger"], withFunction: true,
            harm: {
                try await $0.call("lambda", "update_event_source_mapping", ["UUID": "$mapping", "Enabled": false])
            },
            broken: ["function"], warned: ["last event"],
            mentions: ["switched off", "update-event-source-mapping --uuid $mapping"], status: 78),
        BrokenSetUp(
            testDescription: "a mapping that loses failures", arguments: ["--function", "autotagger"],
            withFunction: true,
            harm: {
                try await $0.call(
                    "lambda", "update_event_source_mapping", ["UUID": "$mapping", "FunctionResponseTypes": []])
            },
            broken: ["function"], warned: ["last event"], mentions: ["ReportBatchItemFailures"], status: 78),
        BrokenSetUp(
            testDescription: "a message that comes back while the function still works on it",
            arguments: ["--function", "autotagger"], withFunction: true,
            harm: { try await queue(["VisibilityTimeout": "30"], of: $0) },
            broken: ["queue"], warned: ["last event"], mentions: ["30 s", "60 s", "VisibilityTimeout=360"], status: 78),
    ]

    /// The table that many machines share.
    static let tables = [
        BrokenSetUp(
            testDescription: "no table", arguments: ["--function", "autotagger"], withFunction: true,
            harm: { try await $0.call("dynamodb", "delete_table", ["TableName": "autotagger"]) },
            broken: ["ledger"], mentions: ["autotagger", "us-east-1", "docs/ledger.md"], status: 78),
        BrokenSetUp(
            testDescription: "a table with other keys", arguments: ["--function", "autotagger"], withFunction: true,
            harm: { site in
                try await site.call("dynamodb", "delete_table", ["TableName": "autotagger"])
                try await site.call(
                    "dynamodb", "create_table",
                    [
                        "TableName": "autotagger", "BillingMode": "PAY_PER_REQUEST",
                        "KeySchema": [["AttributeName": "id", "KeyType": "HASH"]],
                        "AttributeDefinitions": [["AttributeName": "id", "AttributeType": "S"]],
                    ])
            },
            broken: ["ledger"], mentions: ["other keys than pk", "docs/ledger.md"], status: 78),
        BrokenSetUp(
            testDescription: "a table that never forgets", arguments: ["--function", "autotagger"], withFunction: true,
            harm: { site in
                try await site.call(
                    "dynamodb", "update_time_to_live",
                    [
                        "TableName": "autotagger",
                        "TimeToLiveSpecification": ["Enabled": false, "AttributeName": "expires"],
                    ])
            },
            warned: ["ledger", "last event"], mentions: ["update-time-to-live", "expires"]),
        BrokenSetUp(
            testDescription: "a role that may not write the table", arguments: ["--function", "autotagger"],
            withFunction: true,
            harm: { site in
                let deny: JSONValue = [
                    "Version": "2012-10-17",
                    "Statement": [["Effect": "Deny", "Action": "dynamodb:PutItem", "Resource": "*"]],
                ]
                try await site.call(
                    "iam", "put_role_policy",
                    ["RoleName": "autotagger", "PolicyName": "no", "PolicyDocument": .string(deny.compactText)])
            },
            broken: ["permissions"], warned: ["last event"],
            mentions: ["dynamodb:PutItem", "the ledger cannot be kept"], status: 77),
        BrokenSetUp(
            testDescription: "another ledger than the function's", arguments: ["--function", "autotagger"],
            withFunction: true,
            harm: { $0.place = $0.place.with(["AUTOTAGGER_LEDGER": $0.place.path("other.sqlite")]) },
            warned: ["function"], mentions: ["--ledger dynamodb://autotagger"]),
    ]

    private static func pattern(_ text: String, of site: DoctorSite) async throws {
        try await site.call("events", "put_rule", ["Name": "autotagger", "EventPattern": .string(text)])
    }

    /// moto forgets a queue's policy with every other attribute that is set.
    private static func queue(_ attributes: [String: JSONValue], of site: DoctorSite) async throws {
        let all = attributes.merging(["Policy": "$queuePolicy"]) { own, _ in own }
        try await site.call("sqs", "set_queue_attributes", ["QueueUrl": "$queue", "Attributes": .object(all)])
    }
}
