import AWSTestServer
import Foundation
import JSON
import Testing

/// The zip for Lambda, packed by the script that packs the real one, in a root folder that holds nothing else.
@Suite("The Lambda package", .needsFakeAWS, .timeLimit(.minutes(10)))
struct LambdaPackageTests {
    static let isRoot = geteuid() == 0

    @Test(
        "runs where there is no system around it",
        .enabled(if: isRoot, "only root may change the root folder (chroot)"))
    func aloneInItsRoot() async throws {
        try await Workspace.with { place in
            let zip = place.path("function.zip")
            let script = Prerequisites.root.appending(path: "Scripts/lambda_zip.py").path
            // The least compression: this program carries Swift's libraries and its own symbols, and is packed for this test alone.
            // The compiler finds its parts by it.
            let path = ProcessInfo.processInfo.environment["PATH"]
            let packing = try await place.with(["PATH": path]).run(
                Prerequisites.python, [script, Prerequisites.lambda.path, zip, "--level", "1"])
            try #require(packing.status == 0, "\(packing.account)")
            let root = place.folder.appending(path: "root")
            let unpack = Prerequisites.support.appending(path: "support/unpack.py").path
            let unpacking = try await place.run(Prerequisites.python, [unpack, zip, root.path])
            try #require(unpacking.status == 0, "\(unpacking.account)")
            try FileManager.default.createDirectory(at: root.appending(path: "etc"), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: "/etc/ssl", toPath: root.appending(path: "etc/ssl").path)

            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let plane = try LambdaControlPlane(events: [made.event.compactText], invocations: 1)
            defer { plane.stop() }
            let inside = place.with([
                "AWS_LAMBDA_RUNTIME_API": plane.address, "AUTOTAGGER_LEDGER": nil, "HOME": nil, "PATH": nil,
            ])
            let function = try await inside.run(
                URL(filePath: "/usr/sbin/chroot"), [root.path, "/var/task/bootstrap"])
            #expect(plane.answers.map(\.kind) == ["response"], "\(function.account)")
            #expect(try await place.witness.tags(of: made.text("VolumeId"))["Creator"] == "alice")
            let ledger = root.appending(path: "tmp/autotagger/autotagger.sqlite").path
            #expect(FileManager.default.fileExists(atPath: ledger), "\(function.account)")
        }
    }
}
