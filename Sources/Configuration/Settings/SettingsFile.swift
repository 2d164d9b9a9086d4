public import AutoTagger
private import Foundation
private import Yams

/// Reads `autotagger.yaml`.
public enum SettingsFile {
    /// The settings in a file.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in it, or when it cannot be read.
    public static func load(_ path: String) throws(ConfigurationError) -> Settings {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(
                "the configuration '\(path)' cannot be read: name a file that exists with --config")
        }
        return try parse(String(decoding: data, as: UTF8.self), file: path)
    }

    /// The settings that the environment holds as text, in `AUTOTAGGER_SETTINGS`; `nil` without any.
    ///
    /// For where no file can be laid beside the program, such as a function that Terraform or CloudFormation sets up.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in them.
    public static func inline(in environment: [String: String]) throws(ConfigurationError) -> Settings? {
        guard let text = EnvironmentTwins(environment)["SETTINGS"] else { return nil }
        return try parse(text, file: "AUTOTAGGER_SETTINGS")
    }

    /// The settings in a text.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in it.
    public static func parse(_ text: String, file: String) throws(ConfigurationError) -> Settings {
        let document = YAMLDocument(file: file)
        let root = try document.root(of: text)
        var settings = Settings.defaults
        if let tags = root.mapping("tags") {
            settings.dispatcher.policy = TagPolicy(rules: rules(tags, over: settings.dispatcher.policy.rules))
        }
        if let word = root.choice("existingTags", of: ExistingTags.allCases.map(\.rawValue)) {
            settings.dispatcher.existingTags = ExistingTags(rawValue: word) ?? .keep
        }
        readOptOut(root, &settings)
        readGate(root, &settings.dispatcher.gate)
        if let ledger = root.mapping("ledger") {
            settings.ledger = ledger.location("path")
            settings.ledgerRetention = ledger.duration("retention") ?? settings.ledgerRetention
            settings.dispatcher.lease = ledger.duration("lease") ?? settings.dispatcher.lease
            settings.dispatcher.isStrict = ledger.flag("strict") ?? settings.dispatcher.isStrict
            ledger.refuseUnknownKeys()
        }
        settings.dispatcher.patience = root.duration("wait") ?? settings.dispatcher.patience
        settings.taggingRoute.resourceGroups = (root.strings("resourceGroups") ?? []).map {
            Glob($0, ignoringCase: true)
        }
        settings.handlersFolder = root.string("handlersFolder")
        if let aws = root.mapping("aws") {
            settings.aws = .init(
                region: aws.string("region"), profile: aws.string("profile"), endpointURL: aws.string("endpointURL"),
                accountRole: aws.string("accountRole"), externalID: aws.string("externalID"))
            if let role = settings.aws.accountRole, !role.hasPrefix("arn:") || !role.contains("{account}") {
                aws.report(
                    "'accountRole' is a role's ARN with {account} in it, such as"
                        + " arn:{partition}:iam::{account}:role/AutoTagger", key: "accountRole")
            }
            aws.refuseUnknownKeys()
        }
        if let daemon = root.mapping("daemon") { settings.daemon = Settings.Daemon(daemon) }
        if let log = root.mapping("log") {
            settings.logLevel = log.choice(
                "level", of: ["trace", "debug", "info", "notice", "warning", "error", "critical"])
            settings.logFormat = log.choice("format", of: ["text", "json"])
            log.refuseUnknownKeys()
        }
        root.refuseUnknownKeys()
        try document.finish()
        return settings
    }

    /// The default rules with the file's own on top: a key named again is changed, one set to null is dropped.
    private static func rules(_ tags: YAMLMapping, over defaults: [TagPolicy.Rule]) -> [TagPolicy.Rule] {
        let named = tags.keys
        var rules = defaults.filter { !named.contains($0.key) }
        for key in named where !tags.isNull(key) {
            let isText = tags.value(key)?.scalar != nil
            let detail = isText ? nil : tags.mapping(key)
            let value = isText ? tags.string(key) : detail?.string("value")
            let types = detail?.strings("on") ?? []
            if let detail {
                if value == nil { detail.report("'value' is missing: the text or template of the tag '\(key)'") }
                detail.refuseUnknownKeys()
            }
            guard let value else { continue }
            do {
                rules.append(try TagPolicy.Rule(key: key, value: value, types: types))
            } catch {
                tags.report(error.message, key: key)
            }
        }
        return rules
    }

    private static func readOptOut(_ root: YAMLMapping, _ settings: inout Settings) {
        if root.isNull("optOut"), root.keys.contains("optOut") { settings.dispatcher.optOut = nil }
        guard let optOut = root.mapping("optOut") else { return }
        if let key = optOut.string("tag"), let value = optOut.string("value") {
            settings.dispatcher.optOut = OptOut(key: key, value: value)
        } else {
            optOut.report("'optOut' takes a 'tag' and a 'value', or null for none")
        }
        optOut.refuseUnknownKeys()
    }

    private static func readGate(_ root: YAMLMapping, _ gate: inout Gate.Rules) {
        if let accounts = root.strings("accounts") {
            switch accounts {
            case ["own"]: gate.accounts = .own
            case ["any"]: gate.accounts = .any
            default:
                for account in accounts where account.count != 12 || !account.allSatisfy(\.isWholeNumber) {
                    root.report(
                        "'\(account)' is no account; an account is 12 digits in quotes, or own, or any", key: "accounts"
                    )
                }
                gate.accounts = .only(Set(accounts))
            }
        }
        gate.regions = (root.strings("regions") ?? []).map { Glob($0, ignoringCase: true) }
        if let identities = root.mapping("identities") {
            gate.excludedIdentities = (identities.strings("exclude") ?? []).map { Glob($0, ignoringCase: true) }
            identities.refuseUnknownKeys()
        }
        if let handlers = root.mapping("handlers") {
            gate.onlyHandlers = (handlers.strings("only") ?? []).map { Glob($0, ignoringCase: true) }
            gate.disabledHandlers = (handlers.strings("disable") ?? []).map { Glob($0, ignoringCase: true) }
            gate.enabledHandlers = (handlers.strings("enable") ?? []).map { Glob($0, ignoringCase: true) }
            handlers.refuseUnknownKeys()
        }
    }
}
