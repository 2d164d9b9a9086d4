import AutoTagger
import Configuration
import Foundation
import Testing

@Suite struct SettingsFileTests {
    static let documented = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "config/autotagger.yaml").path

    @Test func theDocumentedFileIsTheDefaults() throws {
        let settings = try SettingsFile.load(Self.documented)
        var expected = Settings.defaults.dispatcher
        // The file names its tags again, which moves none of them.
        expected.policy = TagPolicy(rules: DefaultTags.rules)
        #expect(settings.dispatcher == expected)
        #expect(settings.taggingRoute == Settings.defaults.taggingRoute)
        #expect(settings.aws == Settings.defaults.aws && settings.ledger == nil && settings.handlersFolder == nil)
    }

    @Test func allFiveDefaultTagsAreThere() {
        #expect(DefaultTags.rules.map(\.key) == ["Creator", "CreatorArn", "CreatedAt", "CreatedVia", "InstanceId"])
    }

    @Test(arguments: ["", "# nothing\n", "tags: {}\n", "accounts: own\n"])
    func littleFilesAreTheDefaults(text: String) throws {
        #expect(try SettingsFile.parse(text, file: "x").dispatcher == Settings.defaults.dispatcher)
    }

    @Test func theDaemonsSettingsAreRead() throws {
        let settings = try SettingsFile.parse(
            "daemon: {queueURLs: [a, b], receivers: 4, inFlight: 64, visibility: 5m, healthAddress: none}", file: "x")
        #expect(settings.daemon.queueURLs == ["a", "b"] && settings.daemon.receivers == 4)
        #expect(settings.daemon.inFlight == 64 && settings.daemon.visibility == .seconds(300))
        #expect(settings.daemon.healthAddress == "none")
        #expect(try SettingsFile.parse("", file: "x").daemon == Settings.Daemon())
    }

    @Test(arguments: [
        ("receivers: 0", "from 1 to 16"), ("inFlight: 5", "from 10 to 10000"), ("visibility: 1s", "2s to 12h"),
        ("queueUrls: [a]", "did you mean 'queueURLs'"),
    ])
    func theDaemonsMistakesAreNamed(line: String, words: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try SettingsFile.parse("daemon:\n  \(line)\n", file: "x")
        }
        #expect(error?.description.contains(words) == true && error?.description.contains("x:2:") == true)
    }

    @Test func tagsAreAddedChangedAndDropped() throws {
        let settings = try SettingsFile.parse(
            """
            tags:
              CostCenter: "42"
              Creator: ${identity.email ?? identity.name}
              CreatorArn: null
              Kind: {value: "${resource.type}", on: [ec2:volume]}
            """, file: "x")
        let rules = settings.dispatcher.policy.rules
        #expect(rules.map(\.key) == ["CreatedAt", "CreatedVia", "InstanceId", "CostCenter", "Creator", "Kind"])
        #expect(rules.first { $0.key == "Kind" }?.types.map(\.pattern) == ["ec2:volume"])
    }

    @Test func everySettingIsRead() throws {
        let settings = try SettingsFile.parse(
            """
            existingTags: replace
            optOut: null
            accounts: ["123456789012", "210987654321"]
            regions: [eu-*]
            identities: {exclude: ["terraform-*"]}
            handlers: {only: ["ec2:*", "batch:*"], disable: ["ec2:*"], enable: [batch:job]}
            resourceGroups: ["lambda:*"]
            handlersFolder: mine
            wait: 0s
            ledger: {path: /var/l.sqlite, lease: 90s, strict: true, retention: 30d}
            aws: {region: eu-west-1, profile: p, endpointURL: "http://localhost:1"}
            log: {level: debug, format: json}
            """, file: "x")
        let dispatcher = settings.dispatcher
        #expect(dispatcher.existingTags == .replace && dispatcher.optOut == nil && dispatcher.isStrict)
        #expect(dispatcher.gate.accounts == .only(["123456789012", "210987654321"]))
        #expect(dispatcher.gate.regions.map(\.pattern) == ["eu-*"])
        #expect(dispatcher.gate.excludedIdentities.map(\.pattern) == ["terraform-*"])
        #expect(dispatcher.gate.onlyHandlers.map(\.pattern) == ["ec2:*", "batch:*"])
        #expect(settings.taggingRoute.resourceGroups.map(\.pattern) == ["lambda:*"])
        #expect(dispatcher.gate.disabledHandlers.count == 1 && dispatcher.gate.enabledHandlers.count == 1)
        #expect(dispatcher.patience == .zero && dispatcher.lease == .seconds(90))
        #expect(settings.ledgerRetention == .seconds(30 * 86_400))
        #expect(settings.ledger == .file(path: "/var/l.sqlite") && settings.handlersFolder == "mine")
        #expect(settings.aws.region == "eu-west-1" && settings.logLevel == "debug" && settings.logFormat == "json")
    }

    /// Each mistake: the text, where it is, and what its message must say.
    static let mistakes: [(text: String, place: String, says: [String])] = [
        ("tagz: {}", "x:1:1", ["unknown key 'tagz'", "did you mean 'tags'"]),
        ("ledger:\n  leese: 5m", "x:2:3", ["unknown key 'leese'", "did you mean 'lease'"]),
        ("ledger: {path: \"dynamodb://my table\"}", "x:1:16", ["'my table'", "dynamodb://autotagger"]),
        ("ledger: {lease: soon}", "x:1:17", ["'soon'", "90s, 5m, 2h or 7d"]),
        ("tags:\n  A: ${identity.nmae}", "x:2:6", ["identity.nmae", "did you mean 'identity.name'"]),
        ("tags:\n  A: ${identity.name", "x:2:6", ["'${' without its '}'"]),
        ("tags:\n  A: ${foo.bar}", "x:2:6", ["unknown name", "identity., event., resource. or parent."]),
        ("tags:\n  aws:owner: x", "x:2:14", ["aws:", "AWS's own"]),
        ("tags: [a]", "x:1:7", ["takes a mapping, not a list"]),
        ("existingTags: kep", "x:1:15", ["keep, replace", "did you mean 'keep'"]),
        ("accounts: [12]", "x:1:11", ["12 digits in quotes"]),
        ("ledger: {strict: perhaps}", "x:1:18", ["true or false"]),
        ("resourceGroups: {a: b}", "x:1:17", ["takes a list"]),
        ("handlers: {ony: []}", "x:1:12", ["unknown key 'ony'", "did you mean 'only'"]),
        ("regions: {a: b}", "x:1:10", ["takes a list"]),
        ("aws: {accountRole: AutoTagger}", "x:1:20", ["{account}"]),
        ("a: [1", "x:", ["not YAML"]),
        ("- a", "x:1:1", ["a mapping of settings was expected"]),
        ("wait: 1s\nwait: 2s", "x:", ["written twice"]),
    ]

    @Test(arguments: mistakes.indices)
    func everyMistakeIsNamedWithItsPlace(index: Int) throws {
        let (text, place, says) = Self.mistakes[index]
        let error = try #require(throws: ConfigurationError.self) { try SettingsFile.parse(text, file: "x") }
        #expect(error.problems.count == 1)
        #expect(error.description.hasPrefix(place), "\(error.description)")
        for words in says { #expect(error.description.contains(words), "\(error.description)") }
    }

    @Test func allMistakesAreNamedAtOnce() throws {
        let text = "tagz: {}\nwait: soon\nledger: {leese: 1m}\n"
        let error = try #require(throws: ConfigurationError.self) { try SettingsFile.parse(text, file: "x") }
        #expect(error.problems.count == 3)
    }

    @Test func aMissingFileIsNamed() throws {
        let error = try #require(throws: ConfigurationError.self) { try SettingsFile.load("/nowhere/a.yaml") }
        #expect(error.description.contains("/nowhere/a.yaml") && error.description.contains("--config"))
    }
}
