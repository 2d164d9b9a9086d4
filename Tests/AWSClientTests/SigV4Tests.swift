import CurlHTTP
import Foundation
import JSON
import Testing

@testable import AWSClient

@Suite struct SigV4Tests {
    /// The example of AWS's own documentation, so that the project stands alone.
    @Test func signsTheDocumentedExample() {
        var request = HTTPRequest(
            url: "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
        )
        SigV4Signer().sign(&request, context(service: "iam"))
        #expect(
            request.headers.last?.value
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                + "SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        )
    }

    @Test(arguments: [
        (0.0, "19700101T000000Z"), (951_782_400, "20000229T000000Z"), (1_440_938_160, "20150830T123600Z"),
        (4_107_542_399.9, "21000228T235959Z"), (-1, "19691231T235959Z"),
    ])
    func writesTimestamps(seconds: Double, text: String) {
        #expect(SigV4Timestamp(Date(timeIntervalSince1970: seconds)).dateTime == text)
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesWithTheSigningSuite() throws {
        var agreed = 0
        let names = try Vectors.list("sigv4/v4")
        for name in names {
            let folder = "sigv4/v4/\(name)"
            let settings = try Vectors.json("\(folder)/context.json")
            let context = context(settings)
            let signsBody = settings["sign_body"]?.flag ?? false
            let omitsToken = settings["omit_session_token"]?.flag ?? false
            // The suite's unnormalized cases are S3's rule, which a service is told by its name here.
            let isS3 = settings["normalize"]?.flag == false
            let original = try parse(try Vectors.text("\(folder)/request.txt"), encodesPath: isS3)
            let signer = SigV4Signer()

            var signed = original
            signer.sign(&signed, context, signsBodyHash: signsBody, isS3: isS3, omitsToken: omitsToken)
            let wanted = try Vectors.text("\(folder)/header-signature.txt").trimmingCharacters(in: .newlines)
            if signed.headers.contains(where: { $0.name == "Authorization" && $0.value.hasSuffix(wanted) }) {
                agreed += 1
            } else {
                Issue.record("\(name): header signature differs")
            }

            var link = original
            signer.presign(&link, context, lifetime: .seconds(3600), isS3: isS3, omitsToken: omitsToken)
            let wantedLink = try Vectors.text("\(folder)/query-signature.txt").trimmingCharacters(in: .newlines)
            if link.url.contains("X-Amz-Signature=\(wantedLink)") {
                agreed += 1
            } else {
                Issue.record("\(name): query signature differs")
            }
        }
        print("SigV4 signing suite: \(agreed)/\(names.count * 2)")
        #expect(agreed == 76)
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesWithBotocore() throws {
        let cases = try #require(try Vectors.json("sigv4/botocore-differential.json").array)
        var agreed = 0
        let signer = SigV4Signer()
        for one in cases {
            let headers = (one["headers"]?.object ?? [:]).map { HTTPHeader($0.key, $0.value.string ?? "") }
            var request = HTTPRequest(
                method: try #require(one["method"]?.string),
                url: try #require(one["url"]?.string),
                headers: headers,
                body: Data((one["body"]?.string ?? "").utf8)
            )
            let service = try #require(one["service"]?.string)
            var context = context(service: service, token: one["token"]?.string)
            context.region = try #require(one["region"]?.string)
            signer.sign(&request, context)
            if request.headers.last?.value == one["authorization"]?.string {
                agreed += 1
            } else {
                Issue.record("\(request.method) \(request.url): differs from \(one["authorization"]?.string ?? "")")
            }
        }
        print("SigV4 beside botocore: \(agreed)/\(cases.count)")
        #expect(agreed == 400)
    }

    private func context(service: String, token: String? = nil) -> SigV4Signer.Context {
        SigV4Signer.Context(
            credentials: AWSCredentials(
                accessKeyID: "AKIDEXAMPLE",
                secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                sessionToken: token
            ),
            region: "us-east-1",
            service: service,
            date: Date(timeIntervalSince1970: 1_440_938_160)
        )
    }

    private func context(_ settings: JSONValue) -> SigV4Signer.Context {
        context(service: settings["service"]?.string ?? "", token: settings["credentials"]?["token"]?.string)
    }

    /// A request as the suite writes it: a request line, headers with folded lines, a body after a blank line.
    ///
    /// The suite's paths are not encoded yet and want it once; what a signer gets is encoded, and encoded again for
    /// every service but S3. So only S3's rule needs the encoding here.
    private func parse(_ text: String, encodesPath: Bool) throws -> HTTPRequest {
        let parts = text.replacing("\r\n", with: "\n").split(separator: "\n\n", maxSplits: 1)
        var lines = (parts.first ?? "").split(separator: "\n")
        let line = lines.removeFirst()
        let method = String(try #require(line.split(separator: " ").first))
        let target = line.dropFirst(method.count + 1).replacing(" HTTP/1.1", with: "")
        var headers: [HTTPHeader] = []
        for line in lines {
            if line.first?.isWhitespace == true, let last = headers.indices.last {
                headers[last].value += "\n\(line)"
            } else if let colon = line.firstIndex(of: ":") {
                headers.append(HTTPHeader(String(line[..<colon]), String(line[line.index(after: colon)...])))
            }
        }
        let host = headers.first { $0.name.lowercased() == "host" }?.value ?? ""
        func encode(_ text: Substring) -> String {
            text.utf8.map { byte in
                byte > 0x20 && byte < 0x7F
                    ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
            }.joined()
        }
        let path = target.prefix { $0 != "?" }
        return HTTPRequest(
            method: method,
            url: "https://\(host)\(encodesPath ? encode(path) : String(path))\(encode(target.dropFirst(path.count)))",
            headers: headers,
            body: Data((parts.count > 1 ? String(parts[1]) : "").utf8)
        )
    }
}
