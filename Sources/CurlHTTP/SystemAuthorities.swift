internal import Foundation

/// Where the system keeps the certificate authorities that it trusts.
///
/// libcurl knows the place of the system that it was built on; the Lambda package takes it to others.
enum SystemAuthorities {
    /// The places by system. The first is Debian's and Ubuntu's and so libcurl's own where this program is built.
    static let places = [
        "/etc/ssl/certs/ca-certificates.crt",
        // Amazon Linux, Fedora, Red Hat.
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        // SUSE, Alpine.
        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
    ]

    /// The file to name to libcurl; `nil` leaves it to libcurl's own place. Looked for once, by the first request that needs it.
    static let file = file { FileManager.default.fileExists(atPath: $0) }

    static func file(_ exists: (String) -> Bool) -> String? {
        guard let found = places.first(where: exists), found != places.first else { return nil }
        return found
    }
}
