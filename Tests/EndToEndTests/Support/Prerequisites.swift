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
