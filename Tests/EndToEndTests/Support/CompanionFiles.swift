import Foundation

/// The files that may stand beside the project: cases and records which others collected.
enum CompanionFiles {
    /// Said by every test that is skipped.
    static let advice = """
        the companion files are not here: put them beside the project as ../shared, or name their folder in AUTOTAGGER_SHARED
        """

    /// Whether the cases for the fake AWS are among them.
    static let arePresent = FileManager.default.fileExists(
        atPath: folder.appending(path: "catalog/moto_bed.json").path)

    private static let folder =
        ProcessInfo.processInfo.environment["AUTOTAGGER_SHARED"].map { URL(filePath: $0) }
        ?? Prerequisites.root.deletingLastPathComponent().appending(component: "shared")
}
