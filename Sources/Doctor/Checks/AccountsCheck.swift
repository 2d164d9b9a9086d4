internal import AutoTagger

/// Whether the events of the own account are let through, and whether the others that are can be tagged.
struct AccountsCheck: SiteCheck {
    let allowed: Gate.Accounts
    let hasAccountRole: Bool

    var name: String { "accounts" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        let own = try await site.caller().accountID
        switch allowed {
        case .own: return [.ok("events of the own account, \(own), are tagged")]
        case .any:
            guard !hasAccountRole else {
                return [.ok("events of any account are tagged, through 'aws: accountRole'")]
            }
            return [
                .warning(
                    "events of any account are let through, but tags are written with credentials of \(own) alone",
                    why: "another account's resources can only be tagged through a role there",
                    advice: "set 'aws: accountRole', or 'accounts: own'")
            ]
        case .only(let accounts):
            let others = accounts.subtracting([own]).sorted()
            if hasAccountRole { return [.ok("events of \(Wording.some(accounts.sorted())) are tagged")] }
            if !accounts.contains(own) {
                return [
                    .broken(
                        .configuration,
                        "events of the own account, \(own), are skipped: 'accounts' has \(Wording.some(others))",
                        why: "the gate leaves them alone as accountNotAllowed",
                        advice: "add \"\(own)\" to 'accounts', or run with credentials of \(Wording.some(others))")
                ]
            }
            guard !others.isEmpty else { return [.ok("events of the own account, \(own), are tagged")] }
            return [
                .warning(
                    "events of \(Wording.some(others)) are let through, but tags are written with credentials of \(own)",
                    why: "another account's resources can only be tagged through a role there",
                    advice: "set 'aws: accountRole', or take them out of 'accounts'")
            ]
        }
    }
}
