// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// For which templates output is escaped as HTML.
public struct Autoescape: Sendable {
    private let decide: @Sendable (String?) -> Bool

    /// Decides by the name of a template.
    ///
    /// - Parameter decide: Whether output is escaped; the name is nil for a template made of a text.
    public init(_ decide: @escaping @Sendable (_ name: String?) -> Bool) { self.decide = decide }

    /// For all templates.
    public static let on = Autoescape { _ in true }

    /// For none.
    public static let off = Autoescape { _ in false }

    /// For names that end in `.html`, `.htm`, `.xml`, `.xhtml` or `.svg`, and for templates made of a text.
    public static let byName = Autoescape { name in
        guard let name else { return true }
        let lower = name.lowercased()
        return [".html", ".htm", ".xml", ".xhtml", ".svg"].contains { lower.hasSuffix($0) }
    }

    func isOn(for name: String?) -> Bool { decide(name) }
}

/// What rendering may use up.
///
/// Passing a limit is a ``TemplateError`` with `.limit`.
public struct RenderLimits: Sendable {
    /// The most steps: turns of loops, calls, blocks, included templates.
    public var steps = 10_000_000
    /// The most bytes of output that are held; of what is streamed, pieces are let go.
    public var outputBytes = 64 << 20
    /// How deeply macros, blocks and templates may call each other.
    public var depth = 150
    /// The most numbers of a `range`.
    public var rangeElements = 1_000_000

    /// Creates the default limits.
    public init() {}
}

/// What templates of strangers may not do.
///
/// Names that begin with an underscore are hidden, unsafe functions are not called, ranges are short.
public struct TemplateSandbox: Sendable {
    /// Whether methods that change lists and dictionaries are hidden too.
    public var isImmutable: Bool
    /// The most numbers of a `range`.
    public var rangeElements: Int

    /// Creates a sandbox.
    ///
    /// - Parameters:
    ///   - isImmutable: Whether methods that change lists and dictionaries are hidden too.
    ///   - rangeElements: The most numbers of a `range`.
    public init(isImmutable: Bool = false, rangeElements: Int = 100_000) {
        self.isImmutable = isImmutable
        self.rangeElements = rangeElements
    }
}

/// What filters do where they leave a choice.
public struct TemplatePolicies: Sendable {
    /// The `rel` of links that `urlize` makes.
    public var urlizeRel = "noopener"
    /// The `target` of links that `urlize` makes; nil for none.
    public var urlizeTarget: String?
    /// Further schemes, such as `ftp:`, that `urlize` takes for links.
    public var urlizeSchemes: [String] = []
    /// By how many characters `truncate` lets a text be longer.
    public var truncateLeeway = 5
    /// Whether `trans` joins the lines of its text.
    public var trimsTranslations = false
    /// Whether `tojson` sorts the keys of dictionaries.
    public var sortsJSONKeys = true
    /// The second from which filters such as `timesince` count; nil for the clock's.
    public var now: (@Sendable () -> Double)?
    /// How far clocks are ahead of UTC, in seconds, for filters such as `date`.
    public var utcOffset = 0
    /// What the zone of ``utcOffset`` is called.
    public var zoneName = "UTC"

    /// Creates the default policies.
    public init() {}
}

/// A filter: `value|name(arguments)`.
struct TemplateFilter: Sendable {
    /// What it makes of a value alone.
    typealias Plain = @Sendable (TemplateValue) throws -> TemplateValue
    /// What it makes of a value and its parameters.
    typealias Named = @Sendable (TemplateValue, CallParameters, Rendering) throws -> TemplateValue

    let name: String
    let body: @Sendable (TemplateValue, TemplateCall) throws -> TemplateValue
    /// The shorter form of a filter that looks at nothing but the value.
    let plain: Plain?
    /// The shorter form of a filter with a list of parameters, and their names.
    let named: (names: [String], body: Named)?

    init(_ name: String, _ body: @escaping @Sendable (TemplateValue, TemplateCall) throws -> TemplateValue) {
        self.name = name
        self.body = body
        plain = nil
        named = nil
    }

    init(plain name: String, _ body: @escaping Plain) {
        self.name = name
        self.body = { value, _ in try body(value) }
        plain = body
        named = nil
    }

    init(_ name: String, _ names: [String], _ body: @escaping Named) {
        self.name = name
        self.body = { value, call in try body(value, try call.parameters(names), call.rendering) }
        plain = nil
        named = (names, body)
    }
}

/// A test: `value is name(arguments)`.
struct TemplateTest: Sendable {
    let name: String
    let body: @Sendable (TemplateValue, TemplateCall) throws -> Bool

    init(_ name: String, _ body: @escaping @Sendable (TemplateValue, TemplateCall) throws -> Bool) {
        self.name = name
        self.body = body
    }
}
