import Foundation
import JSON

/// What one run of a program left behind.
struct ProgramRun: Sendable {
    /// The exit code; the signal's number, negative, when a signal ended it.
    let status: Int32
    /// What it printed.
    let output: String
    /// What it said beside that.
    let errors: String

    /// The reports that `--format ndjson` printed.
    var reports: [JSONValue] {
        output.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
    }

    /// The outcomes of all events, in order.
    var outcomes: [String] {
        reports.map { $0["outcome"]?.string ?? "none" }
    }

    /// Both outputs, for a test's complaint.
    var account: String { "exit \(status)\n\(output)\n\(errors)" }
}

/// A program that runs.
///
/// Its outputs go into files, so that none of it waits for a reader.
struct RunningProgram: Sendable {
    /// The process's number.
    let processID: Int32

    private let ending: AsyncStream<Int32>
    private let folder: URL

    /// Starts a program.
    init(_ program: URL, _ arguments: [String], environment: [String: String], input: String? = nil, in folder: URL)
        throws
    {
        let process = Process()
        self.folder = folder.appending(component: "run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = folder
        process.standardOutput = try Self.file("output", in: self.folder)
        process.standardError = try Self.file("errors", in: self.folder)
        let inputFile = self.folder.appending(component: "input")
        try Data((input ?? "").utf8).write(to: inputFile)
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let (ending, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            end.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
            end.finish()
        }
        try process.run()
        processID = process.processIdentifier
        self.ending = ending
    }

    /// Waits for its end.
    func finished() async throws -> ProgramRun {
        var status: Int32 = -1
        for await ended in ending { status = ended }
        return ProgramRun(
            status: status, output: try text("output"), errors: try text("errors"))
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(component: name)), as: UTF8.self)
    }

    private static func file(_ name: String, in folder: URL) throws -> FileHandle {
        let file = folder.appending(component: name)
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }
}
