import AutoTagger
import GRDB

/// The questions as SQL; a test asks SQLite for the plan of each.
enum LedgerSQL {
    static let columns = """
        e.id, e.account, e.event_id, e.source, e.name, e.region, e.event_time, e.state, e.owner, e.lease_end, e.retry_at,
        e.attempts, e.first_seen, e.updated_at, e.handler, e.outcome, e.reason, i.document, e.error,
        (SELECT count(*) FROM quarantine q WHERE q.event = e.id)
        """
    private static let select = "SELECT \(columns) FROM events e LEFT JOIN identities i ON i.id = e.identity"
    private static let latestFirst = "ORDER BY e.event_time DESC, e.id DESC"

    static let byEventID = "\(select) WHERE e.event_id = ? ORDER BY e.id"

    /// Who made what is called so (`?1`), or what has that ARN, which ends so (`?2`).
    static let makers = """
        \(select) WHERE e.id IN (
            SELECT event FROM resources WHERE name = ?1 AND id = ?1
            UNION SELECT event FROM resources WHERE id = ?1 AND id <> name
            UNION SELECT event FROM resources WHERE name = ?2 AND arn = ?1
        )
        \(latestFirst)
        """

    /// Of ARNs and their ends, as a JSON object. The latest of the few of an ARN is found by looking at each: `ORDER BY` would
    /// build a tree first.
    static let creations = """
        SELECT r.arn, e.event_time, e.id, e.account, e.event_id, r.written
        FROM json_each(?) AS wanted
        CROSS JOIN resources r ON r.name = wanted.value AND r.arn = wanted.key
        JOIN events e ON e.id = r.event
        WHERE r.written <> '{}' AND e.event_time IS NOT NULL
        """

    static let attempts = """
        SELECT number, started_at, ended_at, owner, outcome, error FROM attempts WHERE event = ? ORDER BY number
        """

    /// The query as SQL and its values, from a place on. A part that does not narrow leaves no trace, so that each plan stays
    /// simple.
    static func list(
        _ query: LedgerQuery,
        after place: ListPlace? = nil,
        limit: Int? = nil
    ) -> (sql: String, arguments: StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func narrow(_ condition: String, _ values: (any DatabaseValueConvertible)?...) {
            guard values.allSatisfy({ $0 != nil }) else { return }
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        switch place {
        case .time(let time, let id)?: narrow("(e.event_time, e.id) < (?, ?)", time, id)
        case .untimed(let id)?: narrow("e.event_time IS NULL AND e.id < ?", id)
        case nil: break
        }
        narrow("e.event_time >= ?", query.since?.milliseconds)
        narrow("e.event_time < ?", query.until?.milliseconds)
        narrow("e.account = ?", query.account)
        narrow("e.region = ?", query.region)
        narrow("e.name = ?", query.eventName)
        narrow("e.state = ?", query.state?.rawValue)
        let user = query.user.map { pattern(for: $0.lowercased()) }
        narrow(
            "e.identity IN (SELECT id FROM identities WHERE folded_name GLOB ? OR folded_arn GLOB ? OR folded_display GLOB ?)",
            user,
            user,
            user
        )
        if let resource = query.resource {
            let sources = Self.resources(matching: resource)
            conditions.append("e.id IN (\(sources.map(\.sql).joined(separator: " UNION ")))")
            for source in sources { arguments += StatementArguments(source.values) }
        }
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        arguments += [limit ?? query.limit]
        return ("\(select) \(filter) \(latestFirst) LIMIT ?", arguments)
    }

    /// The events of resources whose id, ARN or type matches a glob, each by the narrowest index that can tell.
    private static func resources(matching glob: String) -> [(sql: String, values: [String])] {
        let pattern = pattern(for: glob)
        let select = "SELECT event FROM resources WHERE"
        var sources = [
            ("\(select) name GLOB ? AND id GLOB ?", [pattern, pattern]),
            ("\(select) id GLOB ? AND id <> name", [pattern]),
            ("\(select) type GLOB ?", [pattern]),
        ]
        let end = ARNParts.tail(of: glob)
        if !end.contains(where: { "*?".contains($0) }) {
            // Whatever matches ends so, behind the same separator.
            sources.append(("\(select) name = ? AND arn GLOB ?", [end, pattern]))
            // Every ARN begins with "arn:".
        } else if "*?a".contains(glob.prefix(1)) {
            sources.append(("\(select) arn GLOB ?", [pattern]))
        }
        return sources
    }

    /// SQLite's GLOB knows brackets, a ``Glob`` does not.
    private static func pattern(for glob: String) -> String {
        glob.replacing("[", with: "[[]")
    }

    static func statistics(by dimension: LedgerDimension) -> String {
        let value =
            switch dimension {
            case .user: "coalesce(i.name, 'unknown')"
            case .service: "e.source"
            case .day: "coalesce(strftime('%Y-%m-%d', e.event_time / 1000.0, 'unixepoch'), 'unknown')"
            case .outcome: "e.state"
            case .account: "e.account"
            }
        return """
            SELECT \(value) AS value, count(*) AS events,
                sum((SELECT count(*) FROM resources r WHERE r.event = e.id AND r.written <> '{}')) AS resources
            FROM events e LEFT JOIN identities i ON i.id = e.identity
            GROUP BY value ORDER BY events DESC, value
            """
    }
}

/// A place in the list of events: the row it goes on after.
enum ListPlace: Hashable {
    /// A row with a time.
    case time(Int64, id: Int64)
    /// A row without one; those come last.
    case untimed(id: Int64)

    /// Reads what ``position`` wrote.
    init?(_ position: LedgerPosition) {
        let parts = position.text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Int64(parts[1]) else { return nil }
        if parts[0].isEmpty {
            self = .untimed(id: id)
        } else if let time = Int64(parts[0]) {
            self = .time(time, id: id)
        } else {
            return nil
        }
    }

    /// The place of a row of ``LedgerSQL/columns``.
    init(of row: Row) {
        let id: Int64 = row[0]
        self = (row[6] as Int64?).map { .time($0, id: id) } ?? .untimed(id: id)
    }

    var position: LedgerPosition {
        switch self {
        case .time(let time, let id): LedgerPosition("\(time)|\(id)")
        case .untimed(let id): LedgerPosition("|\(id)")
        }
    }
}
