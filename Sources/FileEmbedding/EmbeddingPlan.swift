// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Why files cannot be embedded.
package struct EmbeddingError: Error, CustomStringConvertible {
    /// A sentence that says where, what, and what to do.
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Which folders of a target are embedded, and how.
///
/// It stands in `embedding.json` in the folder of the target. Without that file, folders with usual names are embedded.
package struct EmbeddingPlan: Equatable {
    /// A folder.
    package struct Folder: Equatable {
        /// The path below the target's folder.
        package var path: String
        /// The name of the static property.
        package var name: String
        /// Whether files are kept in gzip too, for those who serve them.
        package var compresses: Bool

        package init(path: String, name: String, compresses: Bool) {
            self.path = path
            self.name = name
            self.compresses = compresses
        }
    }

    package var folders: [Folder]

    package init(folders: [Folder]) { self.folders = folders }

    /// The file with the plan.
    package static let fileName = "embedding.json"

    /// Folders that are embedded without a plan.
    ///
    /// Templates are rendered and not served, so a compressed copy would be of no use.
    static let usual: [(name: String, compresses: Bool)] = [("page", true), ("static", true), ("templates", false)]

    /// What is embedded without a plan.
    ///
    /// - Parameter entries: The names of what is in the target's folder.
    package init(byConvention entries: [String]) {
        folders = Self.usual.flatMap { usual in
            entries.filter { $0.lowercased() == usual.name }.sorted().prefix(1).map {
                Folder(path: $0, name: usual.name, compresses: usual.compresses)
            }
        }
    }

    /// Reads a plan.
    ///
    /// - Parameter json: The bytes of `embedding.json`.
    /// - Throws: ``EmbeddingError`` for what is no plan.
    package init(json: Data) throws {
        let read: Written
        do {
            read = try JSONDecoder().decode(Written.self, from: json)
        } catch let error as EmbeddingError {
            throw error
        } catch {
            throw EmbeddingError(
                "\(Self.fileName) must be like {\"folders\": [\"Static\", {\"path\": \"Mail\", \"name\": \"mails\"}]}.")
        }
        folders = try read.folders.map { try $0.folder() }
        var seen: Set<String> = []
        for folder in folders where !seen.insert(folder.name).inserted {
            throw EmbeddingError(
                "\(Self.fileName) has two folders named `\(folder.name)`; give one of them another \"name\".")
        }
    }

    private struct Written: Decodable {
        var folders: [WrittenFolder]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyKey.self)
            try AnyKey.check(container.allKeys, ["folders"])
            folders = try container.decode([WrittenFolder].self, forKey: AnyKey("folders"))
        }
    }

    /// A path alone, or an object.
    private struct WrittenFolder: Decodable {
        var path: String
        var name: String?
        var compress: Bool?

        init(from decoder: any Decoder) throws {
            if let path = try? decoder.singleValueContainer().decode(String.self) {
                self.path = path
                return
            }
            let container = try decoder.container(keyedBy: AnyKey.self)
            try AnyKey.check(container.allKeys, ["path", "name", "compress"])
            path = try container.decode(String.self, forKey: AnyKey("path"))
            name = try container.decodeIfPresent(String.self, forKey: AnyKey("name"))
            compress = try container.decodeIfPresent(Bool.self, forKey: AnyKey("compress"))
        }

        func folder() throws -> Folder {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }), let last = parts.last else {
                throw EmbeddingError("\(fileName): `\(path)` is no path of a folder inside the target.")
            }
            let name = name ?? EmbeddingPlan.name(of: String(last))
            guard EmbeddingPlan.isIdentifier(name) else {
                throw EmbeddingError(
                    "\(fileName): `\(name)` cannot be the name of a property; say another one with \"name\".")
            }
            let isTemplates = last.lowercased() == "templates"
            return Folder(path: path, name: name, compresses: compress ?? !isTemplates)
        }
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }

        static func check(_ keys: [AnyKey], _ known: Set<String>) throws {
            for key in keys where !known.contains(key.stringValue) {
                throw EmbeddingError(
                    "\(fileName) says `\(key.stringValue)`; known are \(known.sorted().joined(separator: ", ")).")
            }
        }
    }

    /// The name of a property for a folder: `Mail Texts` is `mailTexts`.
    static func name(of folder: String) -> String {
        let words = folder.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        guard let first = words.first else { return folder }
        // A word in capitals alone is small as a whole.
        let head = first == first.uppercased() ? first.lowercased() : first.prefix(1).lowercased() + first.dropFirst()
        return words.dropFirst().reduce(head) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }

    static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first), name != "_" else { return false }
        // Names that the type itself has.
        guard name != "self", name != "Type", name != "init" else { return false }
        return name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
        }
    }
}
