extension SkipReason {
    /// The reason in words, with the way out where there is one.
    public var explanation: String {
        switch self {
        case .failedCall: "the call failed, nothing was made"
        case .dryRunCall: "the call only asked whether it would succeed"
        case .readOnly: "the call could not make anything"
        case .noHandler: "no handler waits for this event; a line of YAML in --handlers adds one"
        case .handlerDisabled: "its handler is switched off; see 'handlers' in the settings"
        case .accountNotAllowed: "its account is not on the list; see 'accounts' in the settings"
        case .regionNotAllowed: "its region is not on the list; see 'regions' in the settings"
        case .identityExcluded: "its caller is left out; see 'identities' in the settings"
        case .ownEvent: "AutoTagger itself made the call"
        case .optedOut: "the resource carries the opt-out tag"
        case .noResource: "the record names no resource; CloudTrail cuts large ones"
        case .resourceGone: "the resource no longer exists"
        case .superseded: "a newer create event for the same ARN is in the ledger"
        case .invalid: "the record lacks an id, an account or a region"
        }
    }
}
