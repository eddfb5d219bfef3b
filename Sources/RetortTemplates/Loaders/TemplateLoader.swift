// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A place where templates come from.
public protocol TemplateLoader: Sendable {
    /// Finds a template.
    ///
    /// - Parameter name: Its name, in parts with `/` between them.
    /// - Returns: Its text, or nil where there is none of that name.
    /// - Throws: An error when it is there and cannot be read.
    func load(_ name: String) throws -> LoadedTemplate?

    /// What a template's text is at, to see whether it has changed.
    ///
    /// - Parameter name: Its name.
    /// - Returns: A text that is another one after each change; nil where it cannot be told.
    /// - Throws: An error when it cannot be looked at.
    func version(of name: String) throws -> String?

    /// The names of all templates; empty where they cannot be listed.
    ///
    /// - Returns: The names.
    /// - Throws: An error when they cannot be looked at.
    func names() throws -> [String]
}

/// The text of a template.
public struct LoadedTemplate: Sendable {
    /// The text.
    public var source: String
    /// What it is at; nil where that cannot be told.
    public var version: String?

    /// Creates the text of a template.
    ///
    /// - Parameters:
    ///   - source: The text.
    ///   - version: What it is at; nil where that cannot be told.
    public init(_ source: String, version: String? = nil) {
        self.source = source
        self.version = version
    }
}

/// Templates in a dictionary.
public struct DictionaryLoader: TemplateLoader {
    private let sources: [String: String]

    /// Creates a loader.
    ///
    /// - Parameter sources: The texts by name.
    public init(_ sources: [String: String]) { self.sources = sources }

    /// Finds a template.
    ///
    /// - Parameter name: Its name.
    /// - Returns: Its text, or nil.
    public func load(_ name: String) -> LoadedTemplate? { sources[name].map { LoadedTemplate($0, version: "") } }

    /// Never changes.
    ///
    /// - Parameter name: Its name.
    /// - Returns: An empty text.
    public func version(of name: String) -> String? { "" }

    /// All names.
    ///
    /// - Returns: The names in order.
    public func names() -> [String] { sources.keys.sorted() }
}

/// Templates that a function finds.
public struct FunctionLoader: TemplateLoader {
    private let find: @Sendable (String) throws -> String?

    /// Creates a loader.
    ///
    /// - Parameter find: Finds the text of a name.
    public init(_ find: @escaping @Sendable (String) throws -> String?) { self.find = find }

    /// Asks the function.
    ///
    /// - Parameter name: Its name.
    /// - Returns: Its text, or nil.
    /// - Throws: What the function throws.
    public func load(_ name: String) throws -> LoadedTemplate? { try find(name).map { LoadedTemplate($0) } }

    /// Cannot be told.
    ///
    /// - Parameter name: Its name.
    /// - Returns: Nil.
    public func version(of name: String) -> String? { nil }

    /// Cannot be listed.
    ///
    /// - Returns: No names.
    public func names() -> [String] { [] }
}

/// Several loaders, of which the first that has a template gives it.
public struct ChoiceLoader: TemplateLoader {
    private let loaders: [any TemplateLoader]

    /// Creates a loader.
    ///
    /// - Parameter loaders: The loaders in the order in which they are asked.
    public init(_ loaders: [any TemplateLoader]) { self.loaders = loaders }

    /// Asks one loader after the other.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The first text, or nil.
    /// - Throws: What a loader throws.
    public func load(_ name: String) throws -> LoadedTemplate? {
        for (index, loader) in loaders.enumerated() {
            if var found = try loader.load(name) {
                found.version = found.version.map { "\(index) \($0)" }
                return found
            }
        }
        return nil
    }

    /// What the template of the first loader that has it is at.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The place of the loader and its version.
    /// - Throws: What a loader throws.
    public func version(of name: String) throws -> String? {
        for (index, loader) in loaders.enumerated() {
            if let version = try loader.version(of: name) { return "\(index) \(version)" }
        }
        return nil
    }

    /// The names of all loaders.
    ///
    /// - Returns: The names in order.
    /// - Throws: What a loader throws.
    public func names() throws -> [String] { Set(try loaders.flatMap { try $0.names() }).sorted() }
}

/// Loaders by the first part of a name: `admin/index.html` is `index.html` of the loader `admin`.
public struct PrefixLoader: TemplateLoader {
    private let loaders: [String: any TemplateLoader]
    private let delimiter: String

    /// Creates a loader.
    ///
    /// - Parameters:
    ///   - loaders: The loaders by prefix.
    ///   - delimiter: What stands between prefix and name.
    public init(_ loaders: [String: any TemplateLoader], delimiter: String = "/") {
        self.loaders = loaders
        self.delimiter = delimiter
    }

    private func split(_ name: String) -> (any TemplateLoader, String)? {
        for (prefix, loader) in loaders where name.utf8.starts(with: (prefix + delimiter).utf8) {
            return (loader, String(Substring(name.utf8.dropFirst(prefix.utf8.count + delimiter.utf8.count))))
        }
        return nil
    }

    /// Asks the loader of the prefix.
    ///
    /// - Parameter name: Its name with the prefix.
    /// - Returns: Its text, or nil.
    /// - Throws: What the loader throws.
    public func load(_ name: String) throws -> LoadedTemplate? {
        guard let (loader, rest) = split(name) else { return nil }
        return try loader.load(rest)
    }

    /// What the loader of the prefix says.
    ///
    /// - Parameter name: Its name with the prefix.
    /// - Returns: The version.
    /// - Throws: What the loader throws.
    public func version(of name: String) throws -> String? {
        guard let (loader, rest) = split(name) else { return nil }
        return try loader.version(of: rest)
    }

    /// The names of all loaders with their prefixes.
    ///
    /// - Returns: The names in order.
    /// - Throws: What a loader throws.
    public func names() throws -> [String] {
        try loaders.flatMap { prefix, loader in try loader.names().map { prefix + delimiter + $0 } }.sorted()
    }
}
