internal import AutoTagger

/// Whether whoever tags may do what the enabled handlers need, as IAM's simulation says without doing it.
struct PermissionsCheck: SiteCheck {
    /// What reading a queue takes.
    static let queueActions = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
    /// What the daemon does besides; Lambda sees to that itself.
    static let daemonActions = ["sqs:ChangeMessageVisibility"]

    let simulator: any PermissionSimulator
    let ledger: any LedgerProbe
    let roster: Asked<HandlerRoster>
    let tagKeys: [String]
    let accounts: Gate.Accounts
    let accountRole: (@Sendable (_ account: String, _ region: String) -> String?)?

    var name: String { "permissions" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        // Without them it would be guessed who tags and from where.
        let function: Site.Function?
        do throws(Failure) { function = try await site.function() } catch { return [.leftOut(for: "function")] }
        guard let queues = try? await site.queues().found.map(\.arn) else { return [.leftOut(for: "queue")] }
        let own = try await site.caller().accountID
        // Other accounts' resources are tagged with rights of the role there, which are not to be seen from here.
        let needed = accounts.include(own) ? await roster().permissions : [:]
        guard let principal = try await principal(function, at: site) else {
            return [Self.unknowable(try await site.caller().arn)]
        }
        if ARNParts(principal)?.resource == "root" {
            return [.ok("the root user may do everything, unless the organisation forbids it")]
        }
        do throws(Failure) {
            let reading = Self.queueActions + (function == nil ? Self.daemonActions : [])
            return try await lines(principal, needed, reading, queues, at: site)
        } catch {
            guard error.kind == .permission else { throw error }
            return [
                .warning(
                    "could not be simulated: \(error.message)",
                    why: "whether \(principal) may tag shows only when it does",
                    advice: "allow iam:SimulatePrincipalPolicy, or compare with autotagger generate iam-policy")
            ]
        }
    }

    private func lines(
        _ principal: String, _ needed: [String: [String]], _ actions: [String], _ queues: [String], at site: Site
    ) async throws(Failure) -> [CheckLine] {
        let own = try await site.caller().accountID
        let roles = self.roles(own: own, region: site.region)
        let memory = ledger.permissions(account: own)
        async let tagging = simulate(needed.keys.sorted(), principal, nil, tagKeys)
        async let reading = simulate(actions, principal, queues, [])
        async let assuming = simulate(["sts:AssumeRole"], principal, roles, [])
        async let remembering = simulate(memory?.actions ?? [], principal, memory.map { [$0.resource] }, [])
        let answers = try await tagging.get() + reading.get() + assuming.get() + remembering.get()
        let denied = answers.filter { !$0.isAllowed }
        let open = denied.filter { !$0.openConditions.isEmpty }
        let refused = denied.filter(\.openConditions.isEmpty)
        let who = ARNParts(principal)?.resource ?? principal
        guard let first = refused.first else {
            guard let first = open.first else {
                return [.ok("\(who) may do all \(answers.count) actions that are needed")]
            }
            return [
                .warning(
                    "whether \(who) may do \(Wording.some(open.map(\.action))) hangs on"
                        + " \(first.openConditions.joined(separator: ", "))",
                    why: "the simulation cannot know that condition", advice: "see the policies of \(principal)")
            ]
        }
        let hit = Set(refused.flatMap { needed[$0.action] ?? [] }).sorted()
        let reaches = hit.isEmpty ? Self.consequence(of: first.action) : "\(Wording.some(hit)) cannot be tagged"
        return [
            .broken(
                .permission,
                "\(who) may not do \(refused.count) of \(answers.count) actions: \(Wording.some(refused.map(\.action)))",
                why: "\(first.reason); so \(reaches)",
                advice: "autotagger generate iam-policy prints what is needed: attach it to \(principal);"
                    + " or switch handlers off")
        ]
    }

    /// What does not go without an action that is no handler's.
    private static func consequence(of action: String) -> String {
        switch action.prefix(while: { $0 != ":" }) {
        case "sqs": "messages cannot be read"
        case "dynamodb": "the ledger cannot be kept"
        default: "other accounts cannot be entered"
        }
    }

    /// The roles that are assumed in the accounts on the list; where any account is allowed they are not known.
    private func roles(own: String, region: String) -> [String] {
        guard let accountRole, case .only(let listed) = accounts else { return [] }
        return listed.subtracting([own]).sorted().compactMap { accountRole($0, region) }
    }

    /// Asks nothing where there is nothing to ask about; `nil` resources are any.
    private func simulate(
        _ actions: [String], _ principal: String, _ resources: [String]?, _ tagKeys: [String]
    ) async -> Result<[SimulatedAction], Failure> {
        guard !actions.isEmpty, resources != [] else { return .success([]) }
        do throws(Failure) {
            return .success(
                try await simulator.simulate(actions, by: principal, on: resources ?? [], tagKeys: tagKeys))
        } catch {
            return .failure(error)
        }
    }

    /// The user or role whose policies count: the function's role, else whoever we are. A session is its role's.
    private func principal(_ function: Site.Function?, at site: Site) async throws(Failure) -> String? {
        if let role = function?.facts.role, !role.isEmpty { return role }
        let arn = try await site.caller().arn
        guard let parts = ARNParts(arn) else { return nil }
        if parts.service == "iam" { return arn }
        guard let role = ARNParts.roleName(ofSession: arn) else { return nil }
        // Without the right to look the role up its path stays unknown; most roles have none.
        let known = try? await simulator.roleARN(named: role)
        return known ?? "arn:\(parts.partition):iam::\(parts.account):role/\(role)"
    }

    private static func unknowable(_ arn: String) -> CheckLine {
        .warning(
            "\(arn) is neither a user nor a role, so IAM cannot simulate it", why: "its policies came with its session",
            advice: "run autotagger doctor with the role that tags")
    }
}

extension Gate.Accounts {
    /// Whether the events of the own account are let through.
    fileprivate func include(_ own: String) -> Bool {
        switch self {
        case .own, .any: true
        case .only(let accounts): accounts.contains(own)
        }
    }
}
