// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "AutoTagger",
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        // The tree that JSON, XML replies and records share.
        .target(name: "JSON"),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),

        // The event: record, envelope, field paths.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Gzip", dependencies: ["CZlib"]),
        .target(name: "CloudTrail", dependencies: ["Gzip", "JSON"]),

        // The engine: values, pure functions, ports.
        .target(name: "AutoTagger", dependencies: ["CloudTrail", "JSON", .product(name: "Logging", package: "swift-log")]),

        .testTarget(name: "CloudTrailTests", dependencies: ["CloudTrail", "Gzip", "JSON"]),
        .testTarget(name: "AutoTaggerTests", dependencies: ["AutoTagger", "AutoTaggerTesting", "CloudTrail", "Configuration", "EC2Plugin", "BuiltinPlugins", "JSON"]),
        .testTarget(name: "EC2PluginTests", dependencies: ["AutoTagger", "AutoTaggerTesting", "CloudTrail", "EC2Plugin", "JSON"]),
        // .testTarget(name: "ConfigurationTests", dependencies: ["AutoTagger", "CloudTrail", "Configuration", "JSON"]),
        // .testTarget(name: "BuiltinPluginsTests", dependencies: ["AutoTagger", "BuiltinPlugins", "CloudTrail", "Configuration", "JSON"]),

        // Fakes and conformance suites, for these tests and for those of people who write plugins and ledgers.
        .target(name: "AutoTaggerTesting", dependencies: ["AutoTagger", "CloudTrail", "JSON"]),

        // The built programs against a fake AWS; they are run, not linked.
        .testTarget(name: "EndToEndTests", dependencies: ["JSON"]),

        // What people write: settings and declarations.
        .target(
            name: "Configuration",
            dependencies: ["AutoTagger", "CloudTrail", .product(name: "Yams", package: "Yams")]),

        // One folder a plugin; most are a plugin.yaml alone.
        .target(name: "EC2Plugin", dependencies: ["AutoTagger", "CloudTrail", "JSON"], path: "Plugins/ec2", exclude: ["plugin.yaml"]),
        .target(
            name: "BuiltinPlugins", dependencies: ["AutoTagger", "Configuration", "EC2Plugin"],
            plugins: ["EmbedDeclarationsPlugin"]),
        .plugin(
            name: "EmbedDeclarationsPlugin", capability: .buildTool(), dependencies: ["EmbedDeclarations"],
            path: "Sources/Build/EmbedDeclarationsPlugin"),
        .executableTarget(name: "EmbedDeclarations", path: "Sources/Build/EmbedDeclarations"),
    ]
)

// A build that treats every warning as an error is for this project's own checks, not for those who depend on it.
let strict = Context.environment["AUTOTAGGER_STRICT"] == "1"

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
    if strict {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
    }
}
