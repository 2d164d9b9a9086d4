// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "AutoTagger",
    products: [
        .executable(name: "autotagger", targets: ["autotagger-main"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
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

        // The ledger on one machine.
        .target(name: "SQLiteLedger", dependencies: ["AutoTagger", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "SQLiteLedgerTests",
            dependencies: ["AutoTagger", "AutoTaggerTesting", "SQLiteLedger", .product(name: "GRDB", package: "GRDB.swift")]
        ),

        // What tests of plugins and adapters are made with.
        .target(name: "AutoTaggerTesting", dependencies: ["AutoTagger", "CloudTrail"]),

        // The command line.
        .target(
            name: "AutoTaggerCLI",
            dependencies: [
                "AutoTagger", "CloudTrail", "JSON", "SQLiteLedger",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "AutoTaggerCLITests",
            dependencies: [
                "AutoTagger", "AutoTaggerCLI", "JSON", "SQLiteLedger",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Help"]
        ),
        .executableTarget(
            name: "autotagger-main",
            dependencies: ["AutoTaggerCLI"],
            path: "Sources/Executables/autotagger"
        ),

        // What things cost; run by hand.
        .executableTarget(
            name: "ledger-benchmark",
            dependencies: ["AutoTagger", "SQLiteLedger"],
            path: "Tests/Benchmarks/ledger",
            exclude: ["baseline.py"]
        ),
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
