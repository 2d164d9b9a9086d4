import Foundation
import JSON
import Testing

/// What services of every wire say about resources that are just being made, or no longer there.
@Suite("A resource that takes no tags yet", .needsFakeAWS, .timeLimit(.minutes(5)))
struct UnreadyTests {
    /// A service's words for it.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let service: String
        let create: (operation: String, parameters: @Sendable (String) -> JSONValue)
        /// The call that is refused, as the fake's journal names it, and how.
        let action: @Sendable (String) -> String
        let status: Int64
        let code: String
        var message = "no"

        var testDescription: String { "\(service) \(code)" }
    }

    private static let table: (operation: String, parameters: @Sendable (String) -> JSONValue) = (
        "create_table",
        {
            [
                "TableName": .string($0), "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [["AttributeName": "id", "AttributeType": "S"]],
                "KeySchema": [["AttributeName": "id", "KeyType": "HASH"]],
            ]
        }
    )

    private static let bucket: (operation: String, parameters: @Sendable (String) -> JSONValue) = (
        "create_bucket", { ["Bucket": .string($0)] }
    )

    private static let topic: (operation: String, parameters: @Sendable (String) -> JSONValue) = (
        "create_topic", { ["Name": .string($0)] }
    )

    private static let volume: (operation: String, parameters: @Sendable (String) -> JSONValue) = (
        "create_volume", { _ in ["AvailabilityZone": "us-east-1a", "Size": 1] }
    )

    private static let vault: (operation: String, parameters: @Sendable (String) -> JSONValue) = (
        "create_backup_vault", { ["BackupVaultName": .string($0)] }
    )

    /// It is there, but not ready.
    static let unready: [Refusal] = [
        Refusal(
            service: "dynamodb", create: table, action: { _ in "TagResource" }, status: 400,
            code: "ResourceInUseException", message: "Attempt to change a resource which is still in use"),
        Refusal(
            service: "s3", create: bucket, action: { "PUT /\($0)?tagging" }, status: 409, code: "OperationAborted",
            message: "A conflicting conditional operation is currently in progress against this resource"),
        Refusal(
            service: "sns", create: topic, action: { _ in "TagResource" }, status: 409, code: "ConcurrentAccess",
            message: "The topic is being created"),
        Refusal(
            service: "ec2", create: volume, action: { _ in "CreateTags" }, status: 400, code: "IncorrectState",
            message: "The volume is not in a valid state"),
        Refusal(
            service: "backup", create: vault,
            action: { "POST /tags/arn:aws:backup:us-east-1:123456789012:backup-vault:\($0)" }, status: 409,
            code: "ConflictException", message: "The vault is being created"),
    ]

    /// It is not there: not yet, or no longer.
    static let absent: [Refusal] = [
        Refusal(
            service: "dynamodb", create: table, action: { _ in "ListTagsOfResource" }, status: 400,
            code: "ResourceNotFoundException"),
        Refusal(service: "s3", create: bucket, action: { "GET /\($0)?tagging" }, status: 404, code: "NoSuchBucket"),
        Refusal(
            service: "sns", create: topic, action: { _ in "ListTagsForResource" }, status: 404,
            code: "ResourceNotFound"),
        Refusal(
            service: "ec2", create: volume, action: { _ in "CreateTags" }, status: 400, code: "InvalidVolume.NotFound"),
        Refusal(
            service: "backup", create: vault,
            action: { "GET /tags/arn:aws:backup:us-east-1:123456789012:backup-vault:\($0)" }, status: 404,
            code: "ResourceNotFoundException"),
    ]

    @Test("is deferred with 75 while it is young, and tagged by the next delivery", arguments: unready + absent)
    func young(_ refusal: Refusal) async throws {
        try await Workspace.with { place in
            let event = try await refused(refusal, at: nil, times: 1, in: place)
            let options = ["--config", try place.impatience()]
            let first = try await place.process(event, options: options)
            #expect(first.status == 75 && first.outcomes == ["deferred"], "\(first.account)")
            #expect(first.output.contains(refusal.code), "\(first.account)")
            let second = try await place.process(event, options: options)
            #expect(second.status == 0 && second.outcomes == ["tagged"], "\(second.account)")
        }
    }

    @Test("and is not found ten minutes later counts as gone, which is no failure", arguments: absent)
    func gone(_ refusal: Refusal) async throws {
        try await Workspace.with { place in
            let event = try await refused(refusal, at: Self.minutesAgo(11), times: 100, in: place)
            let run = try await place.process(event, options: ["--config", try place.impatience()])
            #expect(run.status == 0 && run.outcomes == ["skipped"], "\(run.account)")
            #expect(run.reports.first?["reason"] == "resourceGone", "\(run.account)")
        }
    }

    @Test("however old its event is stays deferred: it is there, and some take half an hour", arguments: unready)
    func old(_ refusal: Refusal) async throws {
        try await Workspace.with { place in
            let event = try await refused(refusal, at: Self.minutesAgo(11), times: 100, in: place)
            let run = try await place.process(event, options: ["--config", try place.impatience()])
            #expect(run.status == 75 && run.outcomes == ["deferred"], "\(run.account)")
        }
    }

    /// Makes the resource, and has the service refuse to tag it so many times.
    private func refused(_ refusal: Refusal, at time: String?, times: Int64, in place: Workspace) async throws
        -> JSONValue
    {
        let name = "unready-" + UUID().uuidString.lowercased()
        let made = try await place.witness.call(
            refusal.service, refusal.create.operation, refusal.create.parameters(name), at: time)
        try await place.refuse(
            refusal.action(name), refusal.status, refusal.code, refusal.message, times: times)
        return made.event
    }

    private static func minutesAgo(_ minutes: Double) -> String {
        Date(timeIntervalSinceNow: -60 * minutes).ISO8601Format()
    }
}
