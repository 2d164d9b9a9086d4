import GRDB
import GRDBSQLite

/// One value of a row, on its way into a statement.
enum RowValue {
    case null
    case integer(Int64)
    case text(String)

    static func of(_ text: String?) -> RowValue { text.map(RowValue.text) ?? .null }
    static func of(_ number: Int64?) -> RowValue { number.map(RowValue.integer) ?? .null }
    static func of(_ number: Int) -> RowValue { .integer(Int64(number)) }
}

extension Statement {
    /// Runs a statement that asks nothing, with a value for each of its question marks.
    ///
    /// GRDB's own arguments are boxed, checked and put into strings of C one within the other, which took as long as SQLite does with
    /// them. Here the texts lie one behind the other for as long as the statement runs.
    func run(_ values: [RowValue]) throws {
        // What the last run ended with has been told already.
        sqlite3_reset(sqliteStatement)
        // GRDB runs only what it knows to have its arguments; these are bound behind its back.
        setUncheckedArguments(StatementArguments())
        precondition(values.count == Int(sqlite3_bind_parameter_count(sqliteStatement)), sql)
        var bytes: [UInt8] = []
        for case .text(let text) in values { bytes.append(contentsOf: text.utf8) }
        // Never empty: an empty one may have no address, which SQLite takes for NULL.
        bytes.append(0)
        try bytes.withUnsafeBytes { buffer in
            defer { sqlite3_clear_bindings(sqliteStatement) }
            var text = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            for (place, value) in zip(CInt(1)..., values) {
                let code: CInt
                switch value {
                case .null: code = SQLITE_OK
                case .integer(let number): code = sqlite3_bind_int64(sqliteStatement, place, number)
                case .text(let string):
                    let length = string.utf8.count
                    // No destructor: the bytes stay where they are until the bindings are cleared.
                    code = sqlite3_bind_text(sqliteStatement, place, text, CInt(length), nil)
                    text = text?.advanced(by: length)
                }
                guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code), sql: sql) }
            }
            try execute()
        }
    }
}
