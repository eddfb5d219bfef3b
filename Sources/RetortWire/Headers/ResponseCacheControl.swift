// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a server allows the caches on the way.
///
/// Source: RFC 9111 §5.2.2.
public struct ResponseCacheControl: CacheControl {
    /// All directives with their values.
    public var directives: HeaderParameters

    /// Creates a field from directives.
    ///
    /// - Parameter directives: The directives with their values.
    public init(directives: HeaderParameters) { self.directives = directives }

    /// What a directive that may name fields is about.
    public enum Scope: Hashable, Sendable {
        /// The whole response.
        case response

        /// Only these fields of it.
        case fields([String])
    }

    /// Whether the response, or a part of it, must be checked with the server before each use.
    public var noCache: Scope? {
        get { self[scope: "no-cache"] }
        set { self[scope: "no-cache"] = newValue }
    }

    /// Whether the response, or a part of it, is for one user only, so that shared caches must not store it.
    public var isPrivate: Scope? {
        get { self[scope: "private"] }
        set { self[scope: "private"] = newValue }
    }

    /// Whether shared caches may store the response even where they otherwise would not.
    public var isPublic: Bool {
        get { self[flag: "public"] }
        set { self[flag: "public"] = newValue }
    }

    /// Whether a response past its end must be checked with the server.
    public var mustRevalidate: Bool {
        get { self[flag: "must-revalidate"] }
        set { self[flag: "must-revalidate"] = newValue }
    }

    /// Whether a shared cache must check a response past its end with the server.
    public var proxyRevalidate: Bool {
        get { self[flag: "proxy-revalidate"] }
        set { self[flag: "proxy-revalidate"] = newValue }
    }

    /// Whether only caches that know the status may store the response.
    public var mustUnderstand: Bool {
        get { self[flag: "must-understand"] }
        set { self[flag: "must-understand"] = newValue }
    }

    /// Whether the response never changes while it is fresh.
    ///
    /// Source: RFC 8246 §2.
    public var isImmutable: Bool {
        get { self[flag: "immutable"] }
        set { self[flag: "immutable"] = newValue }
    }

    /// How old the response may be in shared caches.
    public var sharedMaxAge: Duration? {
        get { self[seconds: "s-maxage"] }
        set { self[seconds: "s-maxage"] = newValue }
    }

    /// How long after its end the response may still be used while a new one is fetched.
    ///
    /// Source: RFC 5861 §3.
    public var staleWhileRevalidate: Duration? {
        get { self[seconds: "stale-while-revalidate"] }
        set { self[seconds: "stale-while-revalidate"] = newValue }
    }

    private subscript(scope name: String) -> Scope? {
        get {
            guard directives.contains(name) else { return nil }
            return directives[name].map { .fields(HeaderText.parseList($0)) } ?? .response
        }
        set {
            switch newValue {
            case nil: directives.remove(name)
            case .response: directives.set(name, to: nil)
            case .fields(let fields): directives.set(name, to: fields.joined(separator: ", "))
            }
        }
    }

    /// No cache may store the response.
    public static let neverStored = ResponseCacheControl(directives: ["no-store": nil])

    /// Caches may store the response but must ask the server before each use.
    public static let alwaysChecked = ResponseCacheControl(directives: ["no-cache": nil])

    /// Every cache may keep the response for so long.
    ///
    /// - Parameters:
    ///   - duration: How long, in whole seconds.
    ///   - isImmutable: Whether the content at this address never changes, as with names that carry a hash.
    /// - Returns: The field.
    public static func publicly(for duration: Duration, isImmutable: Bool = false) -> ResponseCacheControl {
        var result = ResponseCacheControl()
        result.isPublic = true
        result.maxAge = duration
        result.isImmutable = isImmutable
        return result
    }
}
