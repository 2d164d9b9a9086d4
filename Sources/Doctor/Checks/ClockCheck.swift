internal import AutoTagger

/// Whether this machine's clock agrees with AWS's.
///
/// A signature is good for five minutes around AWS's time. The client corrects a wrong clock once a host, so tags may come
/// all the same; leases and `first seen` are wrong then.
struct ClockCheck: SiteCheck {
    /// `Date` has whole seconds and the answer is under way for some; less than this is no finding.
    static let noticeable = 60.0
    /// From here on AWS refuses what is signed.
    static let refused = 300.0

    let clock: any ServerClock

    var name: String { "clock" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        // Whoever we are, the answer to that question brought AWS's time with it.
        _ = try await site.caller()
        guard let offset = clock.offset else { return [.leftOut("AWS's answer had no date")] }
        let size = abs(offset)
        guard size >= Self.noticeable else { return [.ok("agrees with AWS's to within \(Int(size.rounded(.up))) s")] }
        let what = "this machine is \(Wording.span(size)) \(offset > 0 ? "behind" : "ahead of") AWS"
        let advice = "set the clock, such as with 'timedatectl set-ntp true'"
        guard size < Self.refused else {
            return [
                .broken(
                    .configuration, what,
                    why: "AWS refuses signatures that are more than 5 minutes off; leases go wrong",
                    advice: advice)
            ]
        }
        return [.warning(what, why: "from 5 minutes on AWS refuses signatures", advice: advice)]
    }
}
