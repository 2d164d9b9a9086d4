private import AWSClient
private import AWSDeployment
private import AWSTagging
private import AutoTagger
public import Configuration
public import Doctor
private import DynamoDBLedger
public import Foundation
private import SQLiteLedger

extension Assembly {
    /// A doctor for what these settings come to.
    ///
    /// - Parameters:
    ///   - location: where the ledger is.
    ///   - names: what people named of the deployment.
    ///   - reading: what became of the settings' file.
    public func doctor(
        ledger location: LedgerLocation, names: Site.Names, reading: SettingsCheck.Reading,
        now: @escaping @Sendable () -> Date
    ) -> Doctor {
        let dated = DatedTransport(transport, now: now)
        var configuration = Self.clientConfiguration(settings)
        // A person waits for the answer.
        configuration.requestTimeout = .seconds(10)
        let accountRole = configuration.accountRole.map { role in
            { @Sendable (account: String, region: String) in
                try? role.arn(in: account, partition: AWSPartition(region: region))
            }
        }
        let client = AWSClient(
            configuration: configuration, transport: dated, environment: environment, logger: logger)
        let rules = settings.dispatcher.policy.rules
        return Doctor(
            Doctor.Patient(
                settings: reading, handlers: { roster }, tagKeys: Set(rules.map(\.key)).sorted(),
                gate: settings.dispatcher.gate, accountRole: accountRole,
                globalRegion: { AWSPartition(region: $0).globalRegion },
                region: RegionCheck.Reading(region: region, source: regionSource), names: names),
            with: Doctor.Instruments(
                caller: STSCallerIdentity(client: client, region: region), clock: dated,
                ledger: probe(of: location, client), queues: SQSQueueReader(client: client),
                rules: EventBridgeRuleReader(client: client), functions: LambdaFunctionReader(client: client),
                trails: CloudTrailReader(client: client),
                permissions: IAMPermissionSimulator(client: client, region: region), now: now))
    }

    private func probe(of location: LedgerLocation, _ client: AWSClient) -> any LedgerProbe {
        switch location {
        case .file(let path): SQLiteLedgerProbe(path: path)
        case .table(let name, let named): DynamoDBLedgerProbe(table: name, region: named ?? region, client: client)
        }
    }

    /// The handlers; where the user's own files are wrong, the built-in ones with what is wrong.
    private var roster: HandlerRoster {
        let gate = Gate(settings.dispatcher.gate)
        func roster(_ all: [RegisteredHandler], _ mistake: ConfigurationError?) -> HandlerRoster {
            let enabled = all.map(\.handler).filter(gate.isEnabled)
            return HandlerRoster(
                enabled: enabled, total: all.count, route: settings.taggingRoute, mistake: mistake)
        }
        do throws(ConfigurationError) {
            return roster(try registry().all(), nil)
        } catch {
            var bare = self
            bare.settings.handlersFolder = nil
            return roster((try? bare.registry().all()) ?? [], error)
        }
    }

    private var regionSource: String? {
        if settings.aws.region != nil { return "--region or the settings" }
        let twins = EnvironmentTwins(environment)
        return ["AWS_REGION", "AWS_DEFAULT_REGION"].first { twins.foreign($0) != nil }
    }
}
