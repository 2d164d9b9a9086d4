// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let flyingFox = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "AutoTagger",
    products: [
        .executable(name: "autotagger", targets: ["autotagger-main"]),
        .executable(name: "autotagger-lambda", targets: ["autotagger-lambda-main"]),
        // For an executable of your own, with plugins of your own.
        .library(
            name: "AutoTagger", targets: ["AutoTagger", "AutoTaggerCLI", "AutoTaggerLambda", "CloudTrail", "JSON"]),
        .library(name: "AutoTaggerTesting", targets: ["AutoTaggerTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The tree that JSON, XML replies and records share.
        .target(name: "JSON"),

        // Moments as records and signatures write them.
        .target(name: "CivilCalendar"),

        // The event: record, envelope, field paths.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Gzip", dependencies: ["CZlib"]),
        .target(name: "CloudTrail", dependencies: ["CivilCalendar", "Gzip", "JSON"]),

        // The engine: values, pure functions, ports.
        .target(name: "AutoTagger", dependencies: ["CloudTrail", "JSON", "Locking", logging, metrics]),

        // The built programs against a fake AWS; they are run, not linked.
        .testTarget(name: "EndToEndTests", dependencies: ["AWSTestServer", "DynamoDBLedger", "JSON"]),

        // What people write: settings and declarations.
        .target(name: "Configuration", dependencies: ["AutoTagger", "CloudTrail", "JSON", yams]),

        // One folder a plugin; most are a plugin.yaml alone.
        .target(
            name: "EC2Plugin", dependencies: ["AutoTagger", "CloudTrail", "JSON"], path: "Plugins/ec2",
            exclude: ["plugin.yaml"]),
        .target(
            name: "BuiltinPlugins", dependencies: ["AutoTagger", "Configuration", "EC2Plugin"],
            plugins: ["EmbedDeclarationsPlugin"]),
        .plugin(
            name: "EmbedDeclarationsPlugin", capability: .buildTool(), dependencies: ["EmbedDeclarations"],
            path: "Sources/Build/EmbedDeclarationsPlugin"),
        .executableTarget(name: "EmbedDeclarations", path: "Sources/Build/EmbedDeclarations"),

        // HTTP over libcurl, the only network code; AWS's APIs over it: credentials, signatures, endpoints, retries, wires.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "Locking"),
        .target(name: "CurlHTTP", dependencies: ["CCurl", "Locking"]),
        .target(name: "AWSClient", dependencies: ["CivilCalendar", "CurlHTTP", "JSON", "Locking", crypto, logging]),
        .target(name: "AWSTagging", dependencies: ["AWSClient", "AutoTagger", "CloudTrail", "JSON", "Locking"]),

        // Why nothing is tagged: the checks, EventBridge's patterns, and what looks at a deployment through AWS's APIs.
        .target(name: "EventBridge", dependencies: ["JSON"]),
        .target(name: "Doctor", dependencies: ["AWSClient", "AutoTagger", "CloudTrail", "EventBridge", "JSON"]),
        .target(
            name: "AWSDeployment",
            dependencies: ["AWSClient", "AWSTagging", "AutoTagger", "CurlHTTP", "Doctor", "JSON", "Locking"]),

        // The ledger on one machine, and the one that many machines share.
        .target(name: "SQLiteLedger", dependencies: ["AutoTagger", "JSON", grdb, sqlite]),
        .target(name: "DynamoDBLedger", dependencies: ["AWSClient", "AutoTagger", "JSON"]),

        // What is counted, and the two forms it is read in: Prometheus for the daemon, EMF for the Lambda.
        .target(name: "Metering", dependencies: [metrics, "JSON", "Locking"]),

        // The queue's tireless reader, with its health and metrics over HTTP.
        .target(
            name: "Daemon",
            dependencies: [
                "AWSClient", "AutoTagger", "CloudTrail", "EventSources", "JSON", "Locking", flyingFox, flyingSocks,
                lifecycle, logging, metrics, unixSignals,
            ]),

        // Where events come from.
        .target(
            name: "EventSources",
            dependencies: ["AWSClient", "AutoTagger", "CloudTrail", "CurlHTTP", "JSON", "Locking", logging]),

        // The only code that names concrete adapters, and the two programs made with it.
        .target(
            name: "Composition",
            dependencies: [
                "AWSClient", "AWSDeployment", "AWSTagging", "AutoTagger", "BuiltinPlugins", "Configuration", "CurlHTTP",
                "CloudTrail", "Doctor", "DynamoDBLedger", "EventSources", "JSON", "SQLiteLedger", logging, metrics,
            ]),
        .target(
            name: "AutoTaggerCLI",
            dependencies: [
                "AWSDeployment", "AutoTagger", "CloudTrail", "Composition", "Configuration", "CurlHTTP", "Daemon",
                "Doctor", "EventSources", "JSON", "Metering", argumentParser, logging, metrics,
            ],
            // The skeletons of what `generate cloudformation` writes.
            resources: [
                .embedInCode("Generate/CloudFormation/autotagger.yaml"),
                .embedInCode("Generate/CloudFormation/autotagger-member.yaml"),
            ]),
        .target(
            name: "AutoTaggerLambda",
            dependencies: [
                "AutoTagger", "CloudTrail", "Composition", "Configuration", "CurlHTTP", "EventSources", "JSON",
                "Locking", "Metering",
                logging, metrics,
            ]),
        .executableTarget(
            name: "autotagger-main", dependencies: ["AutoTaggerCLI"], path: "Sources/Executables/autotagger"),
        .executableTarget(
            name: "autotagger-lambda-main", dependencies: ["AutoTaggerLambda"],
            path: "Sources/Executables/autotagger-lambda"),

        // Fakes and conformance suites, for these tests and for those of people who write plugins and ledgers.
        .target(name: "AutoTaggerTesting", dependencies: ["AutoTagger", "CloudTrail", "JSON"]),
        // A server that misbehaves on command.
        .systemLibrary(name: "CLoopback"),
        .target(name: "AWSTestServer", dependencies: ["CLoopback", "Locking"]),

        .testTarget(name: "CompositionTests", dependencies: ["Composition", "JSON", "Locking", logging]),
        .testTarget(name: "MeteringTests", dependencies: ["JSON", "Metering", metrics]),
        .testTarget(name: "JSONTests", dependencies: ["AutoTaggerTesting", "JSON"]),
        .testTarget(name: "CloudTrailTests", dependencies: ["CloudTrail", "Gzip", "JSON"]),
        .testTarget(name: "EventBridgeTests", dependencies: ["EventBridge", "JSON"]),
        .testTarget(
            name: "DoctorTests",
            dependencies: ["AutoTagger", "AutoTaggerTesting", "CloudTrail", "Doctor", "JSON", "Locking"]),
        .testTarget(
            name: "AutoTaggerTests",
            dependencies: [
                "AutoTagger", "AutoTaggerTesting", "BuiltinPlugins", "CloudTrail", "Configuration", "EC2Plugin", "JSON",
                "Metering", logging, metrics,
            ]),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["AutoTagger", "AutoTaggerTesting", "CloudTrail", "Configuration", "JSON"]),
        .testTarget(
            name: "EC2PluginTests",
            dependencies: [
                "AWSClient", "AutoTagger", "AutoTaggerTesting", "BenchmarkReplies", "CloudTrail", "EC2Plugin", "JSON",
            ]),
        .testTarget(name: "CurlHTTPTests", dependencies: ["AWSTestServer", "CurlHTTP", "Locking"]),
        .testTarget(
            name: "AWSClientTests",
            dependencies: ["AWSClient", "AutoTaggerTesting", "CurlHTTP", "JSON", "Locking", logging]),
        .testTarget(
            name: "BuiltinPluginsTests",
            dependencies: [
                "AutoTagger", "AutoTaggerTesting", "BuiltinPlugins", "CloudTrail", "Configuration", "JSON", logging,
            ]),
        .testTarget(
            name: "AWSTaggingTests",
            dependencies: [
                "AWSClient", "AWSTagging", "AutoTagger", "AutoTaggerTesting", "BuiltinPlugins", "CloudTrail",
                "Configuration", "CurlHTTP", "JSON", logging,
            ]),
        .testTarget(
            name: "EventSourcesTests",
            dependencies: ["AWSClient", "AWSTestServer", "CloudTrail", "CurlHTTP", "EventSources", "JSON", "Locking"]),
        .testTarget(
            name: "AutoTaggerLambdaTests",
            dependencies: [
                "AutoTagger", "AutoTaggerLambda", "AutoTaggerTesting", "BuiltinPlugins", "CloudTrail", "Configuration",
                "EventSources", "JSON", "Locking", logging, metrics,
            ]),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "AWSClient", "AutoTagger", "AutoTaggerTesting", "CloudTrail", "Daemon", "EventSources", "JSON",
                "Locking", "Metering", lifecycle, logging, metrics,
            ]),
        .testTarget(
            name: "SQLiteLedgerTests", dependencies: ["AutoTagger", "AutoTaggerTesting", "SQLiteLedger", grdb]),
        .testTarget(
            name: "DynamoDBLedgerTests",
            dependencies: [
                "AWSClient", "AutoTagger", "AutoTaggerCLI", "AutoTaggerTesting", "CurlHTTP", "DynamoDBLedger", "JSON",
                "Locking", argumentParser,
            ]),
        .testTarget(
            name: "AutoTaggerCLITests",
            dependencies: [
                "AutoTagger", "AutoTaggerCLI", "AutoTaggerTesting", "CloudTrail", "Composition", "Configuration",
                "CurlHTTP", "Daemon", "Doctor", "DynamoDBLedger", "EventBridge", "EventSources", "JSON",
                "Locking", "SQLiteLedger", argumentParser, logging,
            ], exclude: ["Help"]),

        // The executable that docs/swift-plugin.md shows.
        .executableTarget(
            name: "own-plugin-example", dependencies: ["AutoTagger", "AutoTaggerCLI", "CloudTrail"],
            path: "Tests/Examples/own-plugin"),

        // What things cost; run by hand.
        .executableTarget(
            name: "aws-client-benchmark", dependencies: ["AWSClient", "AWSTestServer", "CurlHTTP", "JSON"],
            path: "Tests/Benchmarks/aws-client", exclude: ["compare.py"]),
        .executableTarget(
            name: "catalogue-benchmark", dependencies: ["AutoTagger", "BuiltinPlugins"],
            path: "Tests/Benchmarks/catalogue"),
        .target(name: "BenchmarkReplies", path: "Tests/Benchmarks/replies"),
        .executableTarget(
            name: "lambda-benchmark-server", dependencies: ["AWSTestServer", "BenchmarkReplies", "JSON"],
            path: "Tests/Benchmarks/lambda", exclude: ["compare.py", "plain_boto3.py"]),
        .executableTarget(
            name: "daemon-benchmark", dependencies: ["AWSTestServer", "BenchmarkReplies", "Locking"],
            path: "Tests/Benchmarks/daemon", exclude: ["compare.py", "plain_loop.py"]),
        .executableTarget(
            name: "ledger-benchmark", dependencies: ["AutoTagger", "SQLiteLedger"], path: "Tests/Benchmarks/ledger",
            exclude: ["baseline.py"]),
    ]
)

// A build that treats every warning as an error is for this project's own checks, not for those who depend on it.
let strict = Context.environment["WARNINGS_AS_ERRORS"] == "1"

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
        ]
    if strict {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
    }
}
