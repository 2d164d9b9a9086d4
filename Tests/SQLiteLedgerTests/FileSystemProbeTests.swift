import Testing

@testable import SQLiteLedger

@Suite struct FileSystemProbeTests {
    private static let mounts = """
        22 1 259:1 / / rw,relatime shared:1 - ext4 /dev/root rw
        23 22 0:21 / /mnt/efs rw shared:2 - nfs4 127.0.0.1:/ rw,vers=4.1
        24 23 0:22 / /mnt/efs/local rw - xfs /dev/nvme1n1 rw
        25 22 0:23 / /mnt/with\\040space rw master:3 propagate_from:2 - fuse.sshfs host: rw
        26 22 0:24 / /hidden rw - nfs host:/a rw
        27 22 0:25 / /hidden rw - tmpfs tmpfs rw
        broken line
        """

    @Test(arguments: [
        ("/var/lib", "ext4"), ("/mnt/efs", "nfs4"), ("/mnt/efs/a/b", "nfs4"), ("/mnt/efsx", "ext4"),
        ("/mnt/efs/local/a", "xfs"), ("/mnt/with space/a", "fuse.sshfs"), ("/hidden/a", "tmpfs"), ("/", "ext4"),
    ])
    func deepestMountCounts(path: String, kind: String) {
        #expect(FileSystemProbe.kind(of: path, mounts: Self.mounts) == kind)
    }

    @Test(arguments: [
        ("ext4", false), ("xfs", false), ("tmpfs", false), ("overlay", false), ("fuseblk", false), ("nfs", true),
        ("nfs4", true), ("cifs", true), ("9p", true), ("fuse.s3fs", true), ("lustre", true),
    ])
    func networkKinds(kind: String, isNetworked: Bool) {
        #expect(FileSystemProbe.isNetworkKind(kind) == isNetworked)
    }

    @Test func anEmptyTableSaysNothing() {
        #expect(FileSystemProbe.kind(of: "/var", mounts: "") == nil)
    }
}
