// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Names with the values that a URL is written with.
///
///     ["id": 42, "page": 2, "tag": "a", "tag": "b"]
///
/// A name may stand several times, which repeats it in the query; nil is left out.
public struct RouteValues: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var pairs: [(name: String, value: any PathValue)] = []

    /// Creates values from pairs.
    ///
    /// - Parameter pairs: Names and values; nil is left out.
    public init(_ pairs: some Sequence<(String, (any PathValue)?)>) {
        for (name, value) in pairs { append(name, value) }
    }

    /// Creates values from a literal.
    ///
    /// - Parameter elements: Names and values; nil is left out.
    public init(dictionaryLiteral elements: (String, (any PathValue)?)...) { self.init(elements) }

    /// Adds a value.
    ///
    /// - Parameters:
    ///   - name: The name, which may be there already.
    ///   - value: The value; nil is left out.
    public mutating func append(_ name: String, _ value: (any PathValue)?) {
        if let value { pairs.append((name, value)) }
    }

    /// The first value of a name.
    subscript(name: String) -> (any PathValue)? { pairs.first { $0.name.hasSameBytes(as: name) }?.value }
}

/// Writes the URLs of named routes.
///
///     router.urls.url(for: "post.show", ["id": 42, "page": 2])        // "/posts/42?page=2"
///
/// Without more it writes paths. What it knows of the current request, host, scheme and blueprint, is set by whoever
/// handles that request.
public struct RouteURLs: Sendable {
    /// What comes before every path, such as `/app` when a proxy removes that.
    public var rootPath = ""

    /// The scheme of URLs with a host.
    public var scheme = "http"

    /// The host, with a port if that is not the usual one.
    ///
    /// Nil when there is no request and no configured name.
    public var host: String?

    /// The dotted name of the current blueprint, in front of names that start with a dot.
    public var blueprint: String?

    /// Values for variables that are not given, such as the current language.
    ///
    /// They never go to the query.
    public var defaults: RouteValues = [:]

    private let table: RouteTable

    init(_ table: RouteTable) { self.table = table }

    /// Writes the URL of a named route.
    ///
    /// Of several routes with the name, the one for which there are values is taken, and of several such the one with
    /// most values. Values that are no variables of it go to the query.
    ///
    /// - Parameters:
    ///   - name: The name; `.show` means `show` in the current blueprint.
    ///   - values: The values of the variables and of the query.
    ///   - method: A method that the route must answer.
    ///   - anchor: The fragment behind the `#`.
    ///   - scheme: Another scheme than that of the request. The URL gets a host then.
    ///   - isExternal: Whether the URL has scheme and host even when a path would do.
    /// - Returns: The URL.
    /// - Throws: ``BuildError`` that says which values are missing, or which name was probably meant.
    public func url(
        for name: RouteName, _ values: RouteValues = [:], method: RouteMethod? = nil, anchor: String? = nil,
        scheme: String? = nil, isExternal: Bool = false
    ) throws -> String {
        let fullName = absolute(name)
        let record = try record(named: fullName, values, method)
        let (routeHost, path) = try table.write(record) { try segments(record, $0, values) }
        var result: [UInt8] = []
        let needsHost = isExternal || scheme != nil || (record.isWebSocket && host != nil) || isElsewhere(routeHost)
        if needsHost { result += try origin(routeHost, scheme, record.isWebSocket, fullName).utf8 }
        result += URLText.withoutTrailingSlashes(rootPath)
        result += path
        let query = values.pairs.filter { pair in
            !record.variables.contains { $0.name.hasSameBytes(as: pair.name) }
        }
        URLText.append(query: query.map { ($0.name, $0.value.pathText) }, to: &result)
        URLText.append(anchor: anchor, to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    private func absolute(_ name: RouteName) -> String {
        guard name.text.utf8.first == UInt8(ascii: ".") else { return name.text }
        return blueprint.map { $0 + name.text } ?? String(name.text.dropFirst())
    }

    private func isElsewhere(_ routeHost: String?) -> Bool {
        guard let routeHost else { return false }
        return !routeHost.hasSameBytes(as: HostText.normalized((host ?? "").utf8.span))
    }

    private func origin(_ routeHost: String?, _ scheme: String?, _ isWebSocket: Bool, _ name: String) throws -> String {
        var scheme = scheme ?? self.scheme
        if isWebSocket {
            if scheme == "http" { scheme = "ws" }
            if scheme == "https" { scheme = "wss" }
        }
        if let routeHost { return "\(scheme)://\(routeHost)\(isElsewhere(routeHost) ? "" : port)" }
        guard let host else {
            throw BuildError(
                .missingHost, "The URL of \(name) needs a host, and there is no request. Configure the server name.",
                name: name)
        }
        return "\(scheme)://\(host)"
    }

    /// The port of the host with its colon, or nothing.
    private var port: String {
        guard let host, let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")),
            host.utf8.last != UInt8(ascii: "]")
        else { return "" }
        return String(host[colon...])
    }

    private func segments(_ record: RouteRecord, _ variable: PatternVariable, _ values: RouteValues) throws -> [String]?
    {
        guard let value = values[variable.name] ?? defaults[variable.name],
            let place = record.variables.firstIndex(of: variable)
        else { return nil }
        let texts = value.segments(for: variable)
        let type = record.types[place]
        let isHost = place < (record.host?.segment.variables.count ?? 0)
        let joined = texts.joined(separator: "/")
        guard type.accepts(joined.utf8.span) else {
            throw BuildError(
                .unfitValue,
                "The value \"\(joined)\" of \(variable.name) is no \(type), so \(isHost ? "the host" : "the path") of "
                    + "\(record.label) would not come back to the route.", name: record.name?.text)
        }
        return texts
    }
}

extension RouteURLs {
    /// The route of a name for which there are values.
    private func record(named name: String, _ values: RouteValues, _ method: RouteMethod?) throws -> RouteRecord {
        guard let ids = table.names.routes[name] else {
            let guess = NameSuggestion.closest(to: name, among: table.names.routes.keys)
            let question = guess.map { " Did you mean \($0)?" } ?? ""
            throw BuildError(
                .unknownName, "No route has the name \(name).\(question)", name: name, suggestion: guess)
        }
        let records = ids.map { table.records[Int($0)] }
        let suitable = records.filter { missing($0, values).isEmpty && agrees($0, values) }
        if let match = suitable.first(where: { $0.answers(method ?? .get) }) { return match }
        if method == nil, let match = suitable.first { return match }
        throw failure(name, records, suitable, values, method)
    }

    /// The names of the variables that have no value.
    private func missing(_ record: RouteRecord, _ values: RouteValues) -> [String] {
        record.variables.dropLast(record.defaults.count).map(\.name)
            .filter { values[$0] == nil && defaults[$0] == nil }
    }

    /// Whether no value differs from a default of the route.
    private func agrees(_ record: RouteRecord, _ values: RouteValues) -> Bool {
        record.defaults.allSatisfy { known in
            values[known.name].map { $0.pathText.hasSameBytes(as: known.text) } ?? true
        }
    }

    private func failure(
        _ name: String, _ records: [RouteRecord], _ suitable: [RouteRecord], _ values: RouteValues,
        _ method: RouteMethod?
    ) -> BuildError {
        if let method, !records.contains(where: { $0.answers(method) }) {
            var known: RouteMethods = []
            for record in records { known.formUnion(record.methods) }
            return BuildError(
                .wrongMethod, "The route \(name) does not answer \(method); it answers \(known).", name: name)
        }
        let nearest = records.map { missing($0, values) }.min { $0.count < $1.count } ?? []
        if nearest.isEmpty {
            return BuildError(
                .unfitValue, "The values given for \(name) differ from the defaults of each of its routes.", name: name)
        }
        let list = nearest.joined(separator: ", ")
        return BuildError(
            .missingValues, "The URL of \(name) needs \(nearest.count == 1 ? "a value" : "values") for \(list).",
            name: name, missing: nearest)
    }
}
