import AutoTagger
import AutoTaggerTesting
import BuiltinPlugins
import Logging

/// A dispatcher over the catalogue that is asked what it would do and never does it: any account, and jobs too.
enum Explaining {
    static func dispatcher() throws -> Dispatcher {
        Dispatcher(
            ports: .init(
                registry: try HandlerRegistry(catalogue: BuiltinCatalogue()), reader: ScriptedReader(),
                writer: RecordingTagWriter(), ledger: ForgetfulLedger(), caller: FixedCaller(accountID: "123456789012"),
                clock: ManualClock(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
            options: .init(
                gate: .init(accounts: .any, enabledHandlers: [Glob("*")]), policy: TagPolicy(rules: [])))
    }
}
