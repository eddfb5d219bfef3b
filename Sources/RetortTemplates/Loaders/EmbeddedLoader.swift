// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortEmbedded

/// Templates that are part of the program.
///
///     TemplateEnvironment(loader: EmbeddedLoader(.templates))
public struct EmbeddedLoader: TemplateLoader {
    private let files: EmbeddedFiles

    /// Creates a loader.
    ///
    /// - Parameter files: The files, whose paths are the names of the templates.
    public init(_ files: EmbeddedFiles) { self.files = files }

    /// Finds a template.
    ///
    /// - Parameter name: Its path.
    /// - Returns: Its text, or nil.
    /// - Throws: ``TemplateError`` for a file that is no UTF-8.
    public func load(_ name: String) throws -> LoadedTemplate? {
        guard let file = files[name] else { return nil }
        guard let text = file.text else {
            throw TemplateError(.syntax, "The template '\(name)' is not written in UTF-8.")
        }
        return LoadedTemplate(text, version: file.digest)
    }

    /// What the file contains, which never changes.
    ///
    /// - Parameter name: Its path.
    /// - Returns: The digest of the file, or nil.
    public func version(of name: String) -> String? { files[name]?.digest }

    /// The paths of all files.
    ///
    /// - Returns: The names in order.
    public func names() -> [String] { files.paths }
}
