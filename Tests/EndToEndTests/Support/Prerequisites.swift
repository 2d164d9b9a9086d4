import Foundation

/// What these tests need and a machine may lack; `make test` sets it all up.
enum Prerequisites {
    /// Said by every test that is skipped.
    static let advice = """
        the fake AWS is not installed (.venv with moto and boto3) or the programs are not built beside the tests: \
        run 'make test', which sees to both
        """

    /// Whether the programs and the fake AWS are there.
    static let areMet =
        FileManager.default.isExecutableFile(atPath: python.path) && installed
        && [autotagger, lambda].allSatisfy { FileManager.default.isExecutableFile(atPath: $0.path) }

    /// The program for people.
    static let autotagger = products.appending(component: "autotagger")

    /// The program for Lambda.
    static let lambda = products.appending(component: "autotagger-lambda")

    /// The Python that has moto and boto3.
    static let python = root.appending(path: ".venv/bin/python3")

    /// The folder of the fake AWS.
    static let support = root.appending(path: "Tests/EndToEnd")

    /// The fixtures of all tests.
    static let fixtures = root.appending(path: "Tests/Fixtures")

    /// Whether there is a Terraform to run.
    static let hasTerraform = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: $0 + "/terraform")
    }

    /// A folder with Terraform's AWS provider: the one that is named, or one of Terraform's own places, or one under /opt.
    static let terraformProviders: URL? = {
        let named = ProcessInfo.processInfo.environment["AUTOTAGGER_TERRAFORM_PLUGINS"].map { [URL(filePath: $0)] }
        let installed = try? FileManager.default.contentsOfDirectory(
            at: URL(filePath: "/opt"), includingPropertiesForKeys: nil)
        let usual = ["/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"].map { URL(filePath: $0) }
        let home = URL.homeDirectory.appending(path: ".terraform.d/plugins")
        return (named ?? [home] + usual + (installed ?? [])).first {
            FileManager.default.fileExists(atPath: $0.appending(path: "registry.terraform.io/hashicorp/aws").path)
        }
    }()

    /// The project.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// SwiftPM lays the programs beside the test bundle, so these are of the same build.
    private static let products =
        (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).deletingLastPathComponent()

    /// The stamp that the set-up leaves last.
    private static let installed = FileManager.default.fileExists(
        atPath: root.appending(path: ".venv/complete").path)
}
