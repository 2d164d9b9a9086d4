internal import AutoTagger

/// One thing that the doctor looks at.
public protocol Check: Sendable {
    /// The name that its lines carry; stable, since scripts look for it.
    var name: String { get }

    /// What was found: mostly one line, the worst one first.
    func lines() async -> [CheckLine]
}

/// A check that asks AWS, and so needs to be somebody there.
protocol SiteCheck: Sendable {
    var name: String { get }

    /// What was found.
    ///
    /// - Throws: ``Failure`` when AWS did not answer the question; ``OnSite`` makes a line of it.
    func lines(at site: Site) async throws(Failure) -> [CheckLine]
}

/// Runs a check that asks AWS, and says once and briefly why where nothing could be asked.
struct OnSite<Inner: SiteCheck>: Check {
    let inner: Inner
    let site: Site

    var name: String { inner.name }

    func lines() async -> [CheckLine] {
        guard site.hasRegion else { return [.leftOut(for: "region")] }
        do throws(Failure) {
            _ = try await site.caller()
        } catch {
            return [.leftOut(for: "credentials")]
        }
        do throws(Failure) {
            return try await inner.lines(at: site)
        } catch {
            return [Self.unanswered(error)]
        }
    }

    /// A question that AWS does not answer is no finding about the thing asked about.
    private static func unanswered(_ failure: Failure) -> CheckLine {
        switch failure.kind {
        case .permission:
            .warning(
                "could not be looked at: \(failure.message)",
                why: "the doctor may not ask, which need not keep tags away",
                advice: "autotagger doctor --permissions prints what it needs; or look with rights that allow it")
        default:
            .warning(
                "could not be looked at: \(failure.message)", why: "AWS did not answer (\(failure.code))",
                advice: "run autotagger doctor again")
        }
    }
}
