// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension Request {
    /// Writes the URL of a named route.
    ///
    ///     try request.url(for: "blog.show", ["id": 3])             // "/blog/3"
    ///     try request.url(for: ".show", ["id": 3, "page": 2])      // in the blueprint: "/blog/3?page=2"
    ///
    /// What a proxy has cut off from the front of the paths is put back.
    ///
    /// - Parameters:
    ///   - name: The name; `.show` means `show` in the blueprint of this request's route.
    ///   - values: The values of the variables; others go to the query.
    ///   - method: A method that the route must answer.
    ///   - anchor: The fragment behind the `#`.
    ///   - isExternal: Whether the URL has the scheme and the host of this request even where a path would do. Have
    ///     the host checked before the URL leaves in a mail: it is what the client says it is.
    /// - Returns: The URL.
    /// - Throws: ``BuildError`` that says which values are missing, or which name was probably meant.
    public func url(
        for name: RouteName, _ values: RouteValues = [:], method: RouteMethod? = nil, anchor: String? = nil,
        external isExternal: Bool = false
    ) throws -> String {
        var urls = app.urls
        urls.rootPath = origin.rootPath
        urls.scheme = origin.scheme
        urls.host = origin.host.isEmpty ? nil : origin.host
        urls.blueprint = blueprint
        return try urls.url(for: name, values, method: method, anchor: anchor, isExternal: isExternal)
    }

    /// The name of the route that answers, with those of its blueprints in front of it; nil for a route without one.
    public var routeName: String? { route?.name }

    /// The dotted name of the blueprint that the route belongs to; nil outside of blueprints.
    public var blueprint: String? { route?.blueprint }
}
