public import AutoTagger
private import Foundation

/// The user's own declarations: every `.yaml` and `.yml` file of a folder, in the order of their names.
public enum HandlerFolder {
    /// Reads the folder.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in every file, or when the folder cannot be read.
    public static func load(_ path: String) throws(ConfigurationError) -> [RegisteredHandler] {
        var handlers: [RegisteredHandler] = []
        var problems: [ConfigurationError.Problem] = []
        for file in try files(inFolder: path) {
            do {
                handlers += try load(file: file)
            } catch {
                problems += error.problems
            }
        }
        if !problems.isEmpty { throw ConfigurationError(problems) }
        return handlers
    }

    /// The files behind a path: those of a folder, or the file itself.
    ///
    /// - Throws: ``ConfigurationError`` when a folder cannot be read.
    public static func files(at path: String) throws(ConfigurationError) -> [String] {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        return isThere && isFolder.boolValue ? try files(inFolder: path) : [path]
    }

    private static func files(inFolder path: String) throws(ConfigurationError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
                .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
                .map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
        } catch {
            throw ConfigurationError(
                "the folder of handlers '\(path)' cannot be read: name one that exists with --handlers")
        }
    }

    /// Reads one file.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in it, or when it cannot be read.
    public static func load(file: String) throws(ConfigurationError) -> [RegisteredHandler] {
        guard let data = FileManager.default.contents(atPath: file) else {
            let isThere = FileManager.default.fileExists(atPath: file)
            throw ConfigurationError(
                isThere
                    ? "the file '\(file)' cannot be read: check that it is yours to read" : "there is no file '\(file)'"
            )
        }
        let plugin = try PluginFile(parsing: String(decoding: data, as: UTF8.self), file: file)
        return plugin.handlers.map { RegisteredHandler(plugin: plugin.name, origin: .file(file), handler: $0) }
    }
}
