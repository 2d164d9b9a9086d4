import CurlHTTP
import Foundation
import Testing

/// TLS servers of OpenSSL's own, with certificates made for the test.
@Suite(.serialized)
struct CertificateTests {
    static let hasOpenSSL = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    /// A folder with a certificate for 127.0.0.1 that its own key signed.
    private struct Certificate {
        let folder: URL
        var file: String { folder.appendingPathComponent("cert.pem").path }
        var key: String { folder.appendingPathComponent("key.pem").path }

        init(host: String) throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let request = try CertificateTests.openssl([
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(host)", "-addext", "subjectAltName=IP:\(host)", "-keyout", key, "-out", file,
            ])
            request.waitUntilExit()
        }
    }

    private static func openssl(_ arguments: [String], output: Pipe? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardInput = Pipe()
        process.standardError = FileHandle.nullDevice
        if let output { process.standardOutput = output } else { process.standardOutput = FileHandle.nullDevice }
        try process.run()
        return process
    }

    /// Starts a server and brings back its port, which OpenSSL prints once it listens.
    private static func serve(_ certificate: Certificate, _ options: [String]) throws -> (server: Process, port: String)
    {
        let output = Pipe()
        let server = try openssl(
            ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate.file, "-key", certificate.key, "-www"]
                + options,
            output: output
        )
        var text = ""
        while !text.contains("\n") || !text.contains("ACCEPT ") {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { break }
            text += String(decoding: data, as: UTF8.self)
        }
        let port = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT ") }?.split(separator: ":").last
        return (server, String(try #require(port)))
    }

    @Test(
        .enabled(if: Self.hasOpenSSL, "needs /usr/bin/openssl"),
        arguments: [
            ("127.0.0.1", [], true, nil), ("127.0.0.1", [], false, HTTPError.Code.tls), ("127.0.0.2", [], true, .tls),
            ("127.0.0.1", ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], true, .tls),
        ] as [(String, [String], Bool, HTTPError.Code?)]
    )
    func onlyAProvenPeerIsHeard(host: String, options: [String], isTrusted: Bool, code: HTTPError.Code?) async throws {
        let certificate = try Certificate(host: host)
        defer { try? FileManager.default.removeItem(at: certificate.folder) }
        let (server, port) = try Self.serve(certificate, options)
        defer { server.terminate() }
        let environment = isTrusted ? ["AWS_CA_BUNDLE": certificate.file] : [:]
        let transport = CurlTransport(configuration: CurlConfiguration(environment: environment))
        var got: HTTPError.Code?
        do throws(HTTPError) {
            let response = try await transport.send(HTTPRequest(url: "https://127.0.0.1:\(port)/"))
            #expect(response.status == 200)
        } catch {
            got = error.code
        }
        #expect(got == code)
    }
}
