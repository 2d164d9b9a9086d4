import AutoTagger
import GRDB
import JSON

/// What is remembered of the file, so that a settlement need not read it: other processes may have changed it meanwhile, so
/// every write that goes by it also finds out whether it still holds.
extension SQLiteLedger {
    /// Keeps what was granted until it is settled; when too much of that never is, it is read again.
    func remember(_ row: StandingRow, for key: EventKey) {
        if granted.count >= 20_000 { granted.removeAll(keepingCapacity: true) }
        granted[key] = row
    }

    /// The row of an identity: a few people make many events, so each is stored once.
    func identityRow(of identity: Identity?, in db: Database) throws -> Int64? {
        guard let identity else { return nil }
        if let known = identityRows[identity] { return known }
        let document = identity.stored.compactText
        let known = try db.cachedStatement(sql: "SELECT id FROM identities WHERE document = ?")
        let row: Int64
        if let id = try Int64.fetchOne(known, arguments: [document]) {
            row = id
        } else {
            try db.cachedStatement(
                sql: """
                    INSERT INTO identities (document, name, folded_name, folded_arn, folded_display) VALUES (?, ?, ?, ?, ?)
                    """
            ).execute(
                arguments: [
                    document, identity.name, identity.name.lowercased(), identity.arn?.lowercased(),
                    identity.display.lowercased(),
                ]
            )
            row = db.lastInsertedRowID
        }
        if identityRows.count >= 256 { identityRows.removeAll(keepingCapacity: true) }
        identityRows[identity] = row
        return row
    }
}
