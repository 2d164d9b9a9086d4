import Foundation

/// Tells whether a path lies on a disk of this machine.
///
/// A write-ahead log needs memory shared between all processes that use the file, and another machine's process shares
/// none: on NFS (Amazon EFS is NFS) it corrupts the file.
public struct FileSystemProbe: Sendable {
    /// Whether the file system under a path is shared over a network.
    public let isNetworked: @Sendable (_ path: String) -> Bool

    /// A probe of one's own, as tests need it.
    public init(isNetworked: @escaping @Sendable (_ path: String) -> Bool) {
        self.isNetworked = isNetworked
    }

    /// Looks the path up among the kernel's mounts; where there is no such list, every disk counts as local.
    public static let system = FileSystemProbe { path in
        guard let table = try? Data(contentsOf: URL(fileURLWithPath: "/proc/self/mountinfo")) else { return false }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().resolvingSymlinksInPath().path
        return kind(of: folder, mounts: String(decoding: table, as: UTF8.self)).map(isNetworkKind) ?? false
    }

    /// The file system's kind by the mount that lies deepest over the path, in the format of `proc(5)`:
    /// `36 35 98:0 /root /mount/point rw,noatime master:1 - ext4 /dev/sda1 rw`.
    static func kind(of path: String, mounts: String) -> String? {
        var best: (length: Int, kind: String)?
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
            let point = fields[4].replacing(#"\040"#, with: " ")
            let covers = point == "/" || path == point || path.hasPrefix(point + "/")
            // Of two mounts on one point the later one hides the earlier.
            if covers, point.count >= best?.length ?? 0 { best = (point.count, String(fields[dash + 1])) }
        }
        return best?.kind
    }

    /// FUSE is among them: whatever stands behind it, shared memory maps are not sure to work.
    static func isNetworkKind(_ kind: String) -> Bool {
        let kinds: Set<String> = [
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "9p", "lustre", "gfs2", "ocfs2", "glusterfs",
            "virtiofs",
        ]
        return kinds.contains(kind) || kind == "fuse" || kind.hasPrefix("fuse.")
    }
}
