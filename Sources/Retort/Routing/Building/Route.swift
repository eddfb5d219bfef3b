// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A path with the types of its variables, used in both directions: to answer requests and to write URLs.
///
///     let post: Route<String, Int> = "/posts/{slug}/{id}"
///     app.get(post) { slug, id in … }
///     try post.url("hello", 3)                    // "/posts/hello/3"
///
/// The number of variables is compared with the number of types when the route is made; a difference stops the program
/// with a sentence. A route without variables is written `Route< >`. Routes are values and can be `static let`.
public struct Route<each Value: PathValue>: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The path.
    public let pattern: PathPattern

    /// Reads a route that stands in the source; one that does not fit its types stops the program with a sentence.
    ///
    /// - Parameter value: The pattern of the path.
    public init(stringLiteral value: String) {
        do {
            try self.init(parsing: value)
        } catch {
            stopAtStartUp("The route cannot be used. \(error)")
        }
    }

    /// Reads a route.
    ///
    /// - Parameter text: The pattern of the path.
    /// - Throws: ``RoutingError`` with `malformedPattern`, `limitExceeded` or `typeMismatch`.
    public init(parsing text: String) throws {
        self.pattern = try PathPattern(parsing: text)
        try VariableTypes.check(types, of: pattern.variables, in: "\"\(text)\"", isExact: true)
    }

    /// The types of the variables from left to right.
    public var types: [any PathValue.Type] {
        var result: [any PathValue.Type] = []
        for type in repeat (each Value).self { result.append(type) }
        return result
    }

    /// The pattern as it would be written.
    public var description: String { pattern.description }

    /// Writes the URL with these values.
    ///
    /// The path is percent-encoded and starts with a slash, so that it is good for a link on any page of the site.
    ///
    /// - Parameters:
    ///   - values: One for each variable from left to right.
    ///   - query: Names and values behind the `?`, encoded as forms are.
    ///   - anchor: The fragment behind the `#`.
    ///   - base: What to put in front, such as `https://example.com` or `/app`; a slash at its end does not count.
    /// - Returns: The URL.
    /// - Throws: ``BuildError`` with `unfitValue` when a text is empty, `.`, `..` or holds a NUL.
    public func url(
        _ values: repeat each Value, query: [(String, String)] = [], anchor: String? = nil, base: String = ""
    ) throws -> String {
        var writer = PathWriter()
        try write((repeat each values), to: &writer)
        return Self.finish(writer, query, anchor, base)
    }

    private func write(_ values: (repeat each Value), to writer: inout PathWriter) throws {
        var all: [any PathValue] = []
        for value in repeat each values { all.append(value) }
        var left = all[...]
        try writer.append(pattern) { variable in left.popFirst()?.segments(for: variable) ?? [] }
    }

    private static func finish(
        _ writer: PathWriter, _ query: [(String, String)], _ anchor: String?, _ base: String
    ) -> String {
        var bytes = Array(URLText.withoutTrailingSlashes(base))
        bytes += writer.bytes
        URLText.append(query: query, to: &bytes)
        URLText.append(anchor: anchor, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Route where repeat each Value: UnfailingPathValue {
    /// Writes the URL with these values, none of which can be unfit.
    ///
    /// - Parameters:
    ///   - values: One for each variable from left to right.
    ///   - query: Names and values behind the `?`, encoded as forms are.
    ///   - anchor: The fragment behind the `#`.
    ///   - base: What to put in front, such as `https://example.com` or `/app`; a slash at its end does not count.
    /// - Returns: The URL.
    public func url(
        _ values: repeat each Value, query: [(String, String)] = [], anchor: String? = nil, base: String = ""
    ) -> String {
        var writer = PathWriter(isChecked: false)
        // An unchecked writer has nothing to throw.
        try? write((repeat each values), to: &writer)
        return Self.finish(writer, query, anchor, base)
    }
}

/// Compares the types of a route with its variables.
enum VariableTypes {
    /// Throws when there are more types than variables, or fewer while the number must be exact, or when the extent of
    /// a type is not that of its variable.
    static func check(
        _ types: [any PathValue.Type], of variables: [PatternVariable], in place: String, isExact: Bool
    ) throws(RoutingError) {
        if types.count > variables.count || (isExact && types.count < variables.count) {
            let names = variables.map(\.text).joined(separator: ", ")
            let taken = types.map { "\($0)" }.joined(separator: ", ")
            throw RoutingError(
                .typeMismatch,
                "\(place) has \(count(variables.count, "variable"))\(names.isEmpty ? "" : " (\(names))"), "
                    + "and the handler takes \(count(types.count, "value")) (\(taken)). "
                    + "Give each variable one argument, in the same order.")
        }
        for (variable, type) in zip(variables, types) {
            switch (type.pathExtent, variable.takesRest) {
            case (.segment, true):
                throw RoutingError(
                    .typeMismatch,
                    "\(variable.text) in \(place) takes the rest of the path, and \(type) holds one segment. "
                        + "Use RestOfPath or String, or write {\(variable.name)}.")
            case (.rest, false):
                throw RoutingError(
                    .typeMismatch,
                    "{\(variable.name)} in \(place) is one segment, and \(type) takes the rest of the path. "
                        + "Write {\(variable.name)...}, or use String.")
            default: break
            }
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        number == 0 ? "no \(noun)s" : "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
