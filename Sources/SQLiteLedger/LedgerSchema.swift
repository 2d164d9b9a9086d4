import GRDB

/// The tables, and how a file gets them.
///
/// Instants are whole milliseconds since 1970, so that `datetime(updated_at / 1000, 'unixepoch')` reads them in any
/// SQLite shell. A migration that has been released is never changed; another one is added behind it.
enum LedgerSchema {
    /// `ATag`: tells this project's files from other SQLite databases.
    static let applicationID = 0x4154_6167
    /// The number of the layout; kept in the file's header, where it costs no query.
    static let version = 3

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 events, resources, attempts, quarantine") { db in
            try db.execute(sql: first)
            try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
        }
        // The second layout is not laid on the way to the third: a column it made would be taken back at once, which takes a
        // new file, and so a cold start, longer than all the rest.
        migrator.registerMigration("3 an ARN's end by the id", merging: ["2 one index for ids and ARNs"]) {
            db, earlier in
            try db.execute(sql: earlier.isEmpty ? withoutFirstIndexes : withoutSecondIndexes)
            try db.execute(sql: third)
            try db.execute(sql: "PRAGMA user_version = 3")
        }
        return migrator
    }

    private static let first = """
        CREATE TABLE identities (
            id INTEGER PRIMARY KEY,
            document TEXT NOT NULL UNIQUE,          -- the whole identity as JSON
            name TEXT NOT NULL,
            folded_name TEXT NOT NULL,              -- in lower case, for searches in any case
            folded_arn TEXT,
            folded_display TEXT NOT NULL
        ) STRICT;

        CREATE TABLE events (
            id INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL,
            account TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            region TEXT NOT NULL,
            event_time INTEGER,
            state TEXT NOT NULL,
            owner TEXT,                             -- who holds it, or settled it last
            lease_end INTEGER,
            retry_at INTEGER,
            attempts INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            first_seen INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            handler TEXT,
            outcome TEXT,                           -- of the last settlement
            reason TEXT,
            identity INTEGER REFERENCES identities(id),
            error TEXT,                             -- of the event as a whole, as JSON
            cause TEXT,                             -- what it failed for, its own error or a resource's, as JSON
            UNIQUE (event_id, account)
        ) STRICT;
        CREATE INDEX events_by_time ON events(event_time);
        CREATE INDEX events_by_identity ON events(identity, event_time) WHERE identity IS NOT NULL;

        CREATE TABLE resources (
            event INTEGER NOT NULL REFERENCES events(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            type TEXT NOT NULL,
            id TEXT NOT NULL,
            arn TEXT NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT,
            tags TEXT NOT NULL,                     -- those it was to get, as JSON
            kept TEXT NOT NULL,                     -- those that were there and stayed, as JSON
            written TEXT NOT NULL,                  -- those that any try wrote, as JSON
            request_id TEXT,                        -- AWS's id of the last write
            error TEXT,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (event, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX resources_by_id ON resources(id);
        CREATE INDEX resources_by_arn ON resources(arn);

        CREATE TABLE attempts (
            event INTEGER NOT NULL REFERENCES events(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            owner TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            error TEXT,
            PRIMARY KEY (event, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE quarantine (
            event INTEGER NOT NULL REFERENCES events(id) ON DELETE CASCADE,
            fingerprint TEXT NOT NULL,
            first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL,
            PRIMARY KEY (event, fingerprint)
        ) STRICT, WITHOUT ROWID;
        """

    private static let withoutFirstIndexes = "DROP INDEX resources_by_id; DROP INDEX resources_by_arn;"

    /// The second layout computed the same end by the second rule alone.
    private static let withoutSecondIndexes = """
        DROP INDEX resources_by_name;
        DROP INDEX resources_by_other_id;
        ALTER TABLE resources DROP COLUMN name;
        """

    /// An ARN mostly ends with the id, so that one index by that end serves both, and every settlement writes one index less.
    /// What a process of an older version writes meanwhile is in it as well: SQLite computes the column, by the rule of
    /// `ARNParts.tail(of:)`. Where the end is the id, that is quickly seen; to look for the last separator takes a comparison
    /// for every pair of the ARN's characters, a seventh of all that SQLite did for an event.
    private static let third = """
        ALTER TABLE resources ADD COLUMN name TEXT NOT NULL AS (
            CASE WHEN substr(arn, -length(id) - 1) IN ('/' || id, ':' || id) AND id NOT GLOB '*[:/]*' THEN id
            ELSE substr(arn, length(rtrim(arn, replace(replace(arn, '/', ''), ':', ''))) + 1) END
        ) VIRTUAL;
        CREATE INDEX resources_by_name ON resources(name);
        CREATE INDEX resources_by_other_id ON resources(id) WHERE id <> name;
        """
}
