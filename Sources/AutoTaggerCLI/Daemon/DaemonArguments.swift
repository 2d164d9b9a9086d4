import ArgumentParser
import Configuration
import Daemon
import EventSources

/// The options of `daemon`; what is not given is taken from the environment, then from the settings.
struct DaemonArguments: ParsableArguments {
    @Option(
        name: .customLong("queue-url"),
        help: ArgumentHelp(
            "A queue to read; can be repeated (AUTOTAGGER_QUEUE_URL, several with spaces between).", valueName: "url"))
    var queueURLs: [String] = []

    @Option(help: ArgumentHelp("Loops that ask each queue (AUTOTAGGER_RECEIVERS); by default 2.", valueName: "number"))
    var receivers: Int?

    @Option(
        name: .customLong("in-flight"),
        help: ArgumentHelp(
            "Messages held at once, over all queues (AUTOTAGGER_IN_FLIGHT); by default 256.", valueName: "number"))
    var inFlight: Int?

    @Option(
        help: ArgumentHelp(
            "How long a message is hidden from other readers, and again while it is under work (AUTOTAGGER_VISIBILITY);"
                + " by default 2m.", valueName: "time"))
    var visibility: String?

    @Option(
        name: .customLong("health-address"),
        help: ArgumentHelp(
            "Where health and metrics are answered, or none (AUTOTAGGER_HEALTH_ADDRESS); by default 127.0.0.1:9464.",
            valueName: "address"))
    var healthAddress: String?

    /// What the daemon is to do.
    struct Resolved {
        let queues: [QueueAddress]
        let options: DaemonOptions
        let health: HealthAddress?
    }

    /// Each option, else its twin in the environment, else the setting, else the default.
    ///
    /// - Throws: ``CommandFailure`` with exit code 78 that names what cannot be.
    func resolved(in environment: [String: String], _ settings: Settings.Daemon) throws -> Resolved {
        let twins = EnvironmentTwins(environment)
        var options = DaemonOptions()
        options.receivers =
            try receivers.map { try Self.bounded("--receivers", $0, Settings.Daemon.receiverBounds) }
            ?? twins.integer("RECEIVERS", in: Settings.Daemon.receiverBounds) ?? settings.receivers ?? options.receivers
        options.inFlight =
            try inFlight.map { try Self.bounded("--in-flight", $0, Settings.Daemon.inFlightBounds) }
            ?? twins.integer("IN_FLIGHT", in: Settings.Daemon.inFlightBounds) ?? settings.inFlight ?? options.inFlight
        options.visibility =
            try Self.visibility("--visibility", visibility)
            ?? Self.visibility("AUTOTAGGER_VISIBILITY", twins["VISIBILITY"]) ?? settings.visibility
            ?? options.visibility
        return Resolved(
            queues: try queues(twins, settings), options: options,
            health: try Self.health(healthAddress ?? twins["HEALTH_ADDRESS"] ?? settings.healthAddress))
    }

    private func queues(_ twins: EnvironmentTwins, _ settings: Settings.Daemon) throws -> [QueueAddress] {
        let urls = queueURLs.isEmpty ? twins.queueURLs ?? settings.queueURLs : queueURLs
        guard !urls.isEmpty else {
            throw CommandFailure(
                code: "noQueue",
                message: "no queue to read: name one with --queue-url, AUTOTAGGER_QUEUE_URL or daemon.queueURLs in the"
                    + " settings", exitCode: .configuration)
        }
        var seen: Set<String> = []
        return try urls.filter { seen.insert($0).inserted }.map { url in
            do throws(QueueAddress.Invalid) {
                return try QueueAddress(url)
            } catch {
                throw CommandFailure(code: "queueURL", message: error.description, exitCode: .configuration)
            }
        }
    }

    private static func health(_ text: String?) throws -> HealthAddress? {
        guard let text else { return .standard }
        if text == "none" { return nil }
        guard let address = HealthAddress(text) else {
            throw CommandFailure(
                code: "healthAddress",
                message: "the health address '\(text)' is none: give a number and a port, such as 127.0.0.1:9464 or"
                    + " [::1]:9464, or none", exitCode: .configuration)
        }
        return address
    }

    private static func visibility(_ name: String, _ text: String?) throws -> Duration? {
        guard let text else { return nil }
        guard let time = DurationText.parse(text),
            Settings.Daemon.visibilityBounds.contains(Int(time.components.seconds))
        else {
            throw CommandFailure(
                code: "visibility", message: "\(name) is '\(text)': it is a length of time from 2s to 12h",
                exitCode: .configuration)
        }
        return time
    }

    private static func bounded(_ name: String, _ number: Int, _ bounds: ClosedRange<Int>) throws -> Int {
        guard bounds.contains(number) else { throw CommandFailure.outOfBounds(name, "\(number)", bounds) }
        return number
    }
}

extension EnvironmentTwins {
    fileprivate func integer(_ name: String, in bounds: ClosedRange<Int>) throws -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), bounds.contains(number) else {
            throw CommandFailure.outOfBounds("AUTOTAGGER_\(name)", text, bounds)
        }
        return number
    }
}

extension CommandFailure {
    fileprivate static func outOfBounds(_ name: String, _ text: String, _ bounds: ClosedRange<Int>) -> CommandFailure {
        CommandFailure(
            code: "outOfBounds",
            message: "\(name) is '\(text)': it is a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
            exitCode: .configuration)
    }
}
