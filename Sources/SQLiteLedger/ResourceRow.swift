import AutoTagger
import Foundation
import GRDB

/// Rows of `resources`.
enum ResourceRow {
    static let insertion = """
        INSERT INTO resources (event, position, type, id, arn, outcome, reason, tags, kept, written, request_id, error,
            updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static func values(of resource: ResourceStanding, event: Int64, position: Int, at now: Date) -> [RowValue] {
        let report = resource.report
        let tags = Column.encode(report.tags)
        // Nearly always all tags are written.
        let written = resource.written == report.tags ? tags : Column.encode(resource.written)
        return [
            .of(event), .of(position), .of(report.type.description), .of(report.id), .of(report.arn),
            .of(report.outcome.rawValue), .of(report.reason?.rawValue), .of(tags), .of(Column.encode(report.kept)),
            .of(written), .of(report.requestID), .of(Column.encode(report.error)), .of(now.milliseconds),
        ]
    }

    static func fetchAll(of event: Int64, in db: Database) throws -> [ResourceStanding] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT type, id, arn, outcome, reason, tags, kept, request_id, error, written
                FROM resources WHERE event = ? ORDER BY position
                """
        )
        return try Row.fetchAll(statement, arguments: [event]).map(read)
    }

    private static func read(_ row: Row) throws -> ResourceStanding {
        guard let type = ResourceType(row[0]) else {
            throw ColumnError(description: "'\(row[0] as String)' is no resource type")
        }
        let report = ResourceReport(
            type: type,
            id: row[1],
            arn: row[2],
            outcome: try row.word(3),
            reason: try row.optionalWord(4),
            tags: try row.json(5),
            kept: try row.json(6),
            requestID: row[7],
            error: try row.optionalJSON(8)
        )
        return ResourceStanding(report: report, written: try row.json(9))
    }
}
