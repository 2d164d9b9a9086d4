public import AutoTagger
private import Foundation

/// The user's own declarations: every `.yaml` and `.yml` file of a folder, in the order of their names.
public enum HandlerFolder {
    /// Reads the folder.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in every file, or when the folder cannot be read.
    public static func load(_ path: String) throws(ConfigurationError) -> [RegisteredHandler] {
        let files: [String]
        do {
            files = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw ConfigurationError(
                "the folder of handlers '\(path)' cannot be read: name one that exists with --handlers")
        }
        var handlers: [RegisteredHandler] = []
        var problems: [ConfigurationError.Problem] = []
        for name in files.sorted() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            let file = path + "/" + name
            do {
                handlers += try load(file: file)
            } catch {
                problems += error.problems
            }
        }
        if !problems.isEmpty { throw ConfigurationError(problems) }
        return handlers
    }

    /// Reads one file.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in it, or when it cannot be read.
    public static func load(file: String) throws(ConfigurationError) -> [RegisteredHandler] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ConfigurationError("the file '\(file)' cannot be read")
        }
        let plugin = try PluginFile(parsing: String(decoding: data, as: UTF8.self), file: file)
        return plugin.handlers.map { RegisteredHandler(plugin: plugin.name, origin: .file(file), handler: $0) }
    }
}
