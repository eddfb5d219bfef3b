// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The translations of texts into one language, from a file of gettext.
///
///     let german = try Catalog(po: bytes)
///     german.find("%(num)s apple", plural: "%(num)s apples", count: 3)  // "%(num)s Äpfel"
///
/// It is what an environment takes as its ``TemplateEnvironment/Configuration/translations``, for `trans` and for
/// `gettext()`, `ngettext()`, `pgettext()` and `npgettext()`.
///
/// Texts and translations are compared and kept as bytes of UTF-8.
public struct Catalog: Translations {
    /// The largest file, in bytes.
    public static let mostBytes = 16 << 20

    /// A text with its translations.
    public struct Message: Sendable, Hashable {
        /// What distinguishes texts that are written alike (`msgctxt`); nil for none.
        public var context: String?
        /// The text (`msgid`).
        public var id: String
        /// The text for other counts than one (`msgid_plural`); nil where there is no count.
        public var plural: String?
        /// The translation, or its forms in the order of the rule for plurals.
        public var forms: [String]

        /// Creates a text with its translations.
        ///
        /// - Parameters:
        ///   - context: What distinguishes texts that are written alike; nil for none.
        ///   - id: The text.
        ///   - plural: The text for other counts than one; nil where there is no count.
        ///   - forms: The translation, or its forms.
        public init(context: String? = nil, id: String, plural: String? = nil, forms: [String]) {
            self.context = context
            self.id = id
            self.plural = plural
            self.forms = forms
        }
    }

    /// The texts that have translations, in the order of the file; without the header.
    public let messages: [Message]
    /// The lines of the header.
    public let headers: [(name: String, value: String)]
    /// Which form a count takes.
    public let pluralRule: PluralRule
    /// The header as it is written; nil where there is none.
    let header: String?
    private let places: [MessageKey: Int]

    /// Reads a catalog of texts, a file `.po`.
    ///
    /// Texts that have no translation, that are marked as fuzzy or as obsolete are left out, as `msgfmt` does it.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8.
    ///   - file: What it is called in errors.
    /// - Throws: ``CatalogError`` with the line.
    ///
    /// Source: the manual of GNU gettext, "The Format of PO Files".
    public init(po bytes: [UInt8], file: String? = nil) throws {
        var reader = POReader(bytes, file: file)
        let entries = try reader.entries()
        self = try Self.make(entries.map { ($0.message, $0.line) }, file: file)
    }

    /// Reads a compiled catalog, a file `.mo`.
    ///
    /// - Parameters:
    ///   - bytes: The file, of either byte order.
    ///   - file: What it is called in errors.
    /// - Throws: ``CatalogError``.
    ///
    /// Source: the manual of GNU gettext, "The Format of GNU MO Files".
    public init(mo bytes: [UInt8], file: String? = nil) throws {
        self = try Self.make(try MOReader(bytes, file: file).messages().map { ($0, nil) }, file: file)
    }

    /// The catalog as a file `.mo`, which every program can read that uses gettext.
    ///
    /// It is what `msgfmt --no-hash` writes: texts in the order of their bytes, numbers with the lowest byte first.
    public var moBytes: [UInt8] {
        MOWriter.bytes((header.map { [Message(id: "", forms: [$0])] } ?? []) + messages)
    }

    private init(
        messages: [Message], headers: [(name: String, value: String)], header: String?, rule: PluralRule,
        places: [MessageKey: Int]
    ) {
        self.messages = messages
        self.headers = headers
        self.header = header
        pluralRule = rule
        self.places = places
    }

    private static func make(_ found: [(message: Message, line: Int?)], file: String?) throws -> Catalog {
        let header = found.first { $0.message.id.isEmpty && $0.message.context == nil }
        let headers = headerLines(header?.message.forms.first ?? "")
        func value(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
        do {
            try checkCharset(value("content-type"))
            var rule = PluralRule.oneAndOthers
            // A template of a catalog has words where the rule is going to stand.
            if let text = value("plural-forms"), !text.contains("INTEGER") { rule = try PluralRule(text) }
            var messages: [Message] = []
            var places: [MessageKey: Int] = [:]
            for (message, line) in found where !(message.id.isEmpty && message.context == nil) {
                guard message.plural == nil || message.forms.count == rule.count else {
                    throw CatalogError(
                        .plural,
                        "The translation has \(message.forms.count) forms, where Plural-Forms says \(rule.count).",
                        file: file, line: line)
                }
                places[MessageKey(message.context, message.id)] = messages.count
                messages.append(message)
            }
            return Catalog(
                messages: messages, headers: headers, header: header?.message.forms.first, rule: rule, places: places)
        } catch var error as CatalogError {
            error.file = file
            error.line = error.line ?? header?.line
            throw error
        }
    }

    private static func headerLines(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "\n").compactMap { line in
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let value = line[line.utf8.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            return (String(line[..<colon]), String(value))
        }
    }

    private static func checkCharset(_ contentType: String?) throws {
        guard let contentType, let place = contentType.lowercased().split(separator: "charset=").last,
            contentType.lowercased().contains("charset=")
        else { return }
        let charset = String(place.prefix { !$0.isWhitespace && $0 != ";" })
        // The last is what stands in a template of a catalog.
        guard ["utf-8", "utf8", "us-ascii", "ascii", "charset"].contains(charset) else {
            throw CatalogError(
                .charset, "The catalog is written in \(charset), where UTF-8 is read. Convert it with msgconv -t UTF-8."
            )
        }
    }

    /// The translation of a text.
    ///
    /// - Parameters:
    ///   - message: The text.
    ///   - plural: The text for other counts than one; nil where there is no count.
    ///   - count: The count; nil where there is none.
    ///   - context: What distinguishes texts that are written alike; nil for none.
    /// - Returns: The translation; nil where there is none.
    public func find(
        _ message: String, plural: String? = nil, count: Int? = nil, context: String? = nil
    ) -> String? {
        // The text of nothing is the header.
        guard let place = places[MessageKey(context, message)] else { return nil }
        let found = messages[place]
        let form = found.plural == nil && plural == nil ? 0 : pluralRule.form(for: count ?? 1)
        guard form < found.forms.count, !found.forms[form].isEmpty else { return nil }
        return found.forms[form]
    }

    /// The translation of a text, or the text itself.
    ///
    /// - Parameters:
    ///   - message: The text as it stands in the template.
    ///   - plural: The text for other counts than one; nil where there is no count.
    ///   - count: The count; nil where there is none.
    ///   - context: What distinguishes texts that are written alike; nil for none.
    ///   - rendering: Ignored.
    /// - Returns: The translation; the text itself, or the plural, where there is none.
    public func translation(
        of message: String, plural: String?, count: Int?, context: String?, in rendering: Rendering
    ) -> String {
        find(message, plural: plural, count: count, context: context)
            ?? NullTranslations().translation(
                of: message, plural: plural, count: count, context: context, in: rendering)
    }
}

/// What a translation is found by.
///
/// Two spellings of a letter are two keys.
struct MessageKey: Hashable, Sendable {
    let context: String?
    let id: String

    init(_ context: String?, _ id: String) {
        self.context = context
        self.id = id
    }

    static func == (left: MessageKey, right: MessageKey) -> Bool {
        guard left.id.hasSameUTF8(as: right.id), (left.context == nil) == (right.context == nil) else { return false }
        return left.context.map { $0.hasSameUTF8(as: right.context ?? "") } ?? true
    }

    func hash(into hasher: inout Hasher) {
        // Spellings that are equal to Swift may share a place; most lookups have no context.
        id.hash(into: &hasher)
        context?.hash(into: &hasher)
    }
}
