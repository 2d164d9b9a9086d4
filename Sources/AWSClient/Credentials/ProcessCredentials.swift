public import Foundation
internal import JSON

/// Runs a shell command and hands back how it ended and what it wrote.
public typealias AWSProcessRunner = @Sendable (String) async throws -> (status: Int32, output: Data)

/// What the program that `credential_process` names prints.
struct ProcessCredentials {
    let context: CallContext

    func credentials(command: String, accountID: String?) async throws(CredentialError) -> AWSCredentials {
        let result: (status: Int32, output: Data)
        do {
            result = try await context.runProcess(command)
        } catch {
            throw CredentialError(.unavailable, "credential_process cannot be started")
        }
        guard result.status == 0 else {
            throw CredentialError(.unavailable, "credential_process ended with exit code \(result.status)")
        }
        guard let document = try? JSONValue(parsing: result.output), document.isObject else {
            throw CredentialError(.unavailable, "credential_process did not print a JSON document")
        }
        guard document["Version"]?.integer == 1 else {
            throw CredentialError(.unavailable, "credential_process printed a version of its document other than 1")
        }
        var credentials = try CredentialDocument.credentials(document, source: "credential_process")
        credentials.accountID = credentials.accountID ?? accountID
        return credentials
    }

    /// Runs the command with the system's shell, as AWS's own tools do.
    static let runInShell: AWSProcessRunner = { command in
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return await withCheckedContinuation { waiter in
            // Reading blocks until the program is done, so it gets a thread of its own and not one of the tasks'.
            let thread = Thread {
                let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
                process.waitUntilExit()
                waiter.resume(returning: (process.terminationStatus, data))
            }
            thread.start()
        }
    }
}
