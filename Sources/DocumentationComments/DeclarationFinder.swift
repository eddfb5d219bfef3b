// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A type whose comments are worth keeping.
package struct DocumentedType: Equatable {
    /// The name with those of the types around it.
    package var name: String

    /// How far the type can be seen: `public`, `package` or nothing for within the module.
    package var access: String

    package var text: String?

    /// The comments of properties or cases, by their names.
    package var members: [(name: String, text: String)]

    package init(name: String, access: String, text: String?, members: [(name: String, text: String)]) {
        self.name = name
        self.access = access
        self.text = text
        self.members = members
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.access == right.access && left.text == right.text
            && left.members.elementsEqual(right.members) { $0 == $1 }
    }
}

/// Finds structs that conform to `Input` or travel as JSON, enumerations that list their cases, and what is written above
/// their members.
///
/// Only declarations at the top and inside of other types are seen, as others have no name from outside. Private ones
/// have none either, and those between `#if` and `#endif` may not be there.
package struct DeclarationFinder {
    private let tokens: [SourceToken]
    private var index = 0
    private var found: [DocumentedType] = []

    /// The protocols by which a type is known to be read or written.
    private static let wanted: [String: Set<String>] = [
        "struct": ["Input", "Codable", "Decodable", "Encodable"], "enum": ["CaseIterable"],
    ]

    /// The types of a file.
    package static func find(in text: String) -> [DocumentedType] {
        var finder = DeclarationFinder(tokens: SourceScanner.tokens(text))
        finder.body(Place(name: "", access: "public"))
        return finder.found
    }

    private init(tokens: [SourceToken]) { self.tokens = tokens }

    /// A type that is being read, or the file.
    private struct Place {
        var name: String

        /// How far anything inside can be seen at most.
        var access: String

        /// How far a type inside can be seen that says nothing of it.
        var implied = "internal"
        var kind = ""
        var isWanted = false
        var members: [(name: String, text: String)] = []
    }

    /// What stands before a declaration.
    private struct Lead {
        var comment: [String] = []
        var words: [String] = []
        var newlines = 0

        var text: String? {
            let text = comment.joined(separator: "\n")
            return text.isEmpty ? nil : text
        }
    }

    private static let accesses = ["open", "public", "package", "internal", "fileprivate", "private"]
    private static let types = ["struct", "enum", "class", "actor"]

    private var token: SourceToken? { index < tokens.count ? tokens[index] : nil }

    /// Reads declarations to the closing brace, and answers what was found of the place itself.
    @discardableResult
    private mutating func body(_ start: Place) -> Place {
        var place = start
        var lead = Lead()
        while let token {
            index += 1
            switch token {
            case .comment(let text):
                // A comment belongs to what follows at once.
                if lead.newlines > 1 || !lead.words.isEmpty { lead = Lead() }
                lead.newlines = 0
                lead.comment.append(text)
            case .newline:
                lead.newlines += 1
                if lead.newlines > 1, lead.words.isEmpty { lead.comment = [] }
            case .directive(let word):
                lead = Lead()
                if word == "if" { skipConditional() }
            case .symbol(UInt8(ascii: "@")):
                attribute()
                lead.newlines = 0
            case .symbol(UInt8(ascii: "}")): return place
            case .symbol(UInt8(ascii: "{")):
                skipBraces()
                lead = Lead()
            case .word(let word): self.word(word, &lead, &place)
            default: break
            }
        }
        return place
    }

    private mutating func word(_ word: String, _ lead: inout Lead, _ place: inout Place) {
        lead.newlines = 0
        switch word {
        case _ where Self.types.contains(word) || word == "extension":
            // `class func` and `class var` are no classes.
            if word == "class", case .word(let next)? = token, ["func", "var", "let"].contains(next) { return }
            type(word, lead, place)
            lead = Lead()
        case "var", "let":
            property(lead, &place)
            lead = Lead()
        case "case":
            if place.kind == "enum" { cases(lead, &place) }
            lead = Lead()
        case "func", "init", "subscript", "deinit", "typealias", "associatedtype", "import", "operator", "macro":
            skipDeclaration()
            lead = Lead()
        case "protocol":
            skipDeclaration()
            lead = Lead()
        default:
            lead.words.append(word)
            // `private(set)` says nothing of what can be read.
            if token == .symbol(UInt8(ascii: "(")) {
                skipParentheses()
                if Self.accesses.contains(word) { lead.words.removeLast() }
            }
        }
    }

    // MARK: Types

    private mutating func type(_ keyword: String, _ lead: Lead, _ place: Place) {
        let name = dottedName()
        let bases = inherited()
        guard token == .symbol(UInt8(ascii: "{")) else { return }
        index += 1
        let access = Self.accesses.first { lead.words.contains($0) }
        let isHidden = access == "private" || access == "fileprivate" || place.access == "private"
        var inner = Place(name: place.name.isEmpty ? name : "\(place.name).\(name)", access: "")
        let own = access ?? (keyword == "extension" ? place.access : place.implied)
        inner.access = isHidden ? "private" : Self.narrower(own, place.access)
        if keyword == "extension", let access { inner.implied = access }
        inner.kind = keyword
        inner.isWanted = Self.wanted[keyword].map { !$0.isDisjoint(with: bases) } ?? false
        let result = body(inner)
        guard inner.isWanted, inner.access != "private", lead.text != nil || !result.members.isEmpty else { return }
        let shown = ["public", "package"].contains(inner.access) ? inner.access : ""
        found.append(DocumentedType(name: inner.name, access: shown, text: lead.text, members: result.members))
    }

    private static func narrower(_ left: String, _ right: String) -> String {
        let order = ["open", "public", "package", "internal", "private"]
        let places = [left, right].map { order.firstIndex(of: $0) ?? 3 }
        let name = order[max(places[0], places[1])]
        return name == "open" ? "public" : name
    }

    private mutating func dottedName() -> String {
        var name = ""
        while let token {
            switch token {
            case .word(let word) where name.isEmpty || name.hasSuffix("."): name += word
            case .symbol(UInt8(ascii: ".")) where !name.isEmpty: name += "."
            case .newline where name.isEmpty: break
            default: return name
            }
            index += 1
        }
        return name
    }

    /// The names behind the colon, up to the brace or `where`.
    private mutating func inherited() -> [String] {
        var names: [String] = []
        var angles = 0
        var isBehindColon = false
        var isBehindWhere = false
        while let token {
            switch token {
            case .symbol(UInt8(ascii: "{")): return names
            case .symbol(UInt8(ascii: "}")): return names
            case .symbol(UInt8(ascii: "<")): angles += 1
            case .symbol(UInt8(ascii: ">")): angles -= 1
            case .symbol(UInt8(ascii: ":")) where angles == 0: isBehindColon = true
            case .symbol(UInt8(ascii: "@")):
                index += 1
                attribute()
                continue
            case .word("where"): isBehindWhere = true
            case .word(let name) where isBehindColon && !isBehindWhere && angles == 0: names.append(name)
            default: break
            }
            index += 1
        }
        return names
    }

    // MARK: Members

    /// A name without the backquotes that tell it from a keyword.
    private static func plain(_ name: String) -> String { name.filter { $0 != "`" } }

    private mutating func property(_ lead: Lead, _ place: inout Place) {
        guard case .word(let name)? = token else { return skipDeclaration() }
        index += 1
        let isOfValues = !lead.words.contains("static") && !lead.words.contains("class")
        if place.isWanted, place.kind == "struct", isOfValues, let text = lead.text {
            place.members.append((Self.plain(name), text))
        }
        skipDeclaration()
    }

    private mutating func cases(_ lead: Lead, _ place: inout Place) {
        var isName = true
        while let token {
            switch token {
            case .word(let name):
                if isName, place.isWanted, let text = lead.text { place.members.append((Self.plain(name), text)) }
                isName = false
            case .symbol(UInt8(ascii: "(")):
                index += 1
                skipParentheses(isOpen: true)
                continue
            case .symbol(UInt8(ascii: ",")): isName = true
            case .newline:
                // A line that ends with a comma goes on.
                if !isName { return }
            case .symbol(UInt8(ascii: "}")), .comment, .directive: return
            case .symbol(UInt8(ascii: ";")): return
            default: break
            }
            index += 1
        }
    }

    // MARK: Skipping

    /// Skips an attribute with its arguments.
    private mutating func attribute() {
        _ = dottedName()
        if token == .symbol(UInt8(ascii: "<")) {
            var angles = 0
            while let token {
                index += 1
                if token == .symbol(UInt8(ascii: "<")) { angles += 1 }
                if token == .symbol(UInt8(ascii: ">")) { angles -= 1 }
                if angles == 0 { break }
            }
        }
        if token == .symbol(UInt8(ascii: "(")) { skipParentheses() }
    }

    private mutating func skipParentheses(isOpen: Bool = false) {
        var depth = isOpen ? 1 : 0
        while let token {
            index += 1
            if token == .symbol(UInt8(ascii: "(")) { depth += 1 }
            if token == .symbol(UInt8(ascii: ")")) { depth -= 1 }
            if depth == 0 { return }
        }
    }

    /// Skips to the brace that closes an open one.
    private mutating func skipBraces() {
        var depth = 1
        while let token {
            index += 1
            if token == .symbol(UInt8(ascii: "{")) { depth += 1 }
            if token == .symbol(UInt8(ascii: "}")) { depth -= 1 }
            if depth == 0 { return }
        }
    }

    /// Skips the rest of a declaration: to the end of its line, and over brackets that are open there.
    ///
    /// A line that begins with a brace, a dot or an operator goes on with it.
    private mutating func skipDeclaration() {
        var depth = 0
        while let token {
            switch token {
            case .symbol(UInt8(ascii: "{")), .symbol(UInt8(ascii: "(")), .symbol(UInt8(ascii: "[")): depth += 1
            case .symbol(UInt8(ascii: "}")) where depth == 0: return
            case .symbol(UInt8(ascii: "}")), .symbol(UInt8(ascii: ")")), .symbol(UInt8(ascii: "]")): depth -= 1
            case .symbol(UInt8(ascii: ";")) where depth == 0: return
            case .newline where depth == 0 && !goesOn: return
            default: break
            }
            index += 1
        }
    }

    /// Whether the next line belongs to the one that ends here.
    private var goesOn: Bool {
        let next = tokens[index...].first { $0 != .newline }
        switch next {
        case .symbol(let byte)?: return byte != UInt8(ascii: "}") && byte != UInt8(ascii: "@")
        case .word(let word)?: return ["where", "throws", "async", "rethrows"].contains(word)
        default: return false
        }
    }

    /// Skips to the `#endif` of an `#if` that was read.
    private mutating func skipConditional() {
        var depth = 1
        while let token {
            index += 1
            if token == .directive("if") { depth += 1 }
            if token == .directive("endif") { depth -= 1 }
            if depth == 0 { return }
        }
    }
}
