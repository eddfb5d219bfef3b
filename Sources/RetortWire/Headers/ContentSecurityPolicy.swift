// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a page may load and run, and from where.
///
///     var policy = ContentSecurityPolicy()
///     policy[.defaultSources] = [.sameOrigin]
///     policy[.scriptSources] = [.sameOrigin, .nonceOfRequest]
///     fields[.contentSecurityPolicy] = policy.headerValue(nonce: nonce)
///
/// The same value is sent as `Content-Security-Policy-Report-Only` where it shall only be watched.
///
/// Source: Content Security Policy Level 3.
public struct ContentSecurityPolicy: HeaderValue, Hashable {
    /// A directive with its text, which is empty where it stands alone.
    public struct Entry: Hashable, Sendable {
        /// The directive.
        public var directive: Directive

        /// The sources or other values, separated by spaces.
        public var text: String
    }

    /// The directives in their order, each once.
    public private(set) var entries: [Entry] = []

    /// Creates a policy without directives.
    public init() {}

    /// Parses a policy.
    ///
    /// Of several directives of a name the first counts. A directive without a value is left out, unless it is one of
    /// those that stand alone.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init(headerValue: String) {
        guard let slice = headerValue.fieldSlice() else { return }
        var seen: Set<Directive> = []
        for part in slice.split(separator: UInt8(ascii: ";")) {
            let (name, text) = part.fieldTrimmed.fieldSplit(0x20)
            let directive = Directive(name.fieldTrimmed.fieldText)
            guard text != nil || directive.standsAlone, seen.insert(directive).inserted else { continue }
            entries.append(Entry(directive: directive, text: text?.fieldTrimmed.fieldText ?? ""))
        }
    }

    /// The policy without a nonce: ``Source/nonceOfRequest`` is left out.
    public var headerValue: String { headerValue(nonce: nil) }

    /// The policy as the text of the header field.
    ///
    /// - Parameter nonce: What takes the place of ``Source/nonceOfRequest``: unguessable text of this one response.
    ///   With nil the source is left out, and so is a directive that has no other.
    /// - Returns: The directives, separated by semicolons.
    public func headerValue(nonce: String?) -> String {
        entries.compactMap { entry -> String? in
            guard !entry.text.isEmpty else { return HeaderText.printable(entry.directive.name) }
            var sources = entry.text.utf8.split(separator: 0x20).map { FieldSlice($0).fieldText }
            if let place = sources.firstIndex(of: Source.nonceOfRequest.text) {
                sources.removeAll { $0 == Source.nonceOfRequest.text }
                if let nonce { sources.insert(Source.nonce(nonce).text, at: place) }
                if sources.isEmpty { return nil }
            }
            return HeaderText.printable(entry.directive.name + " " + sources.joined(separator: " "))
        }.joined(separator: "; ")
    }

    /// The sources of a directive, or nil where it is absent.
    ///
    /// Setting nil removes the directive. An empty list is written without sources, which browsers read as `'none'`.
    ///
    /// - Parameter directive: The directive.
    public subscript(directive: Directive) -> [Source]? {
        get {
            self[text: directive].map { $0.utf8.split(separator: 0x20).map { Source(FieldSlice($0).fieldText) } }
        }
        set { self[text: directive] = newValue.map { $0.map(\.text).joined(separator: " ") } }
    }

    /// The text of a directive, or nil where it is absent.
    ///
    /// - Parameter directive: The directive. For those whose values are no sources, such as `report-to`.
    public subscript(text directive: Directive) -> String? {
        get { entries.first { $0.directive == directive }?.text }
        set {
            let place = entries.firstIndex { $0.directive == directive }
            // A semicolon or a comma would begin another directive or policy.
            let text = newValue.map { Source.escaped($0, space: true) }
            switch (place, text) {
            case (let place?, let text?): entries[place].text = text
            case (let place?, nil): entries.remove(at: place)
            case (nil, let text?): entries.append(Entry(directive: directive, text: text))
            case (nil, nil): break
            }
        }
    }

    /// Adds a source to a directive.
    ///
    /// A directive that is absent begins with the sources of `default-src`, which it would otherwise replace. `'none'`
    /// goes, because it counts only where it is alone.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - directive: The directive.
    public mutating func add(_ source: Source, to directive: Directive) {
        var sources = self[directive] ?? self[.defaultSources] ?? []
        sources.removeAll { $0 == .none }
        if !sources.contains(source) { sources.append(source) }
        self[directive] = sources
    }

    /// Whether the browser turns `http:` addresses of the page into `https:` ones.
    public var upgradesInsecureRequests: Bool {
        get { self[text: .upgradeInsecureRequests] != nil }
        set { self[text: .upgradeInsecureRequests] = newValue ? "" : nil }
    }
}
