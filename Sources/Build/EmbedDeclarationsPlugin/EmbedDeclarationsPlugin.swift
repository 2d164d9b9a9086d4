import Foundation
import PackagePlugin

/// Puts every `Plugins/<service>/plugin.yaml` into the binary, so that there are no files to ship.
@main struct EmbedDeclarationsPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Plugins")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { $0.appending(path: "plugin.yaml") }
            .filter { FileManager.default.fileExists(atPath: $0.path(percentEncoded: false)) }
            .sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedDeclarations.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(files.count) plugin declarations",
                executable: try context.tool(named: "EmbedDeclarations").url,
                arguments: [output.path(percentEncoded: false)] + files.map { $0.path(percentEncoded: false) },
                inputFiles: files, outputFiles: [output])
        ]
    }
}
