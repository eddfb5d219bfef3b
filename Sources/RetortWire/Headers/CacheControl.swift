// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The directives of a `Cache-Control` field.
///
/// Directives keep their order and spelling, those that nobody knows too. Their names are compared without regard to
/// ASCII case.
///
/// Source: RFC 9111 §5.2.
public protocol CacheControl: HeaderValue, Hashable {
    /// All directives with their values.
    var directives: HeaderParameters { get set }

    /// Creates a field from directives.
    ///
    /// - Parameter directives: The directives with their values.
    init(directives: HeaderParameters)
}

extension CacheControl {
    /// Creates a field without directives.
    public init() { self.init(directives: [:]) }

    /// Parses a field.
    ///
    /// What cannot be understood is left out.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init(headerValue: String) { self.init(directives: HeaderParameters(headerValue: headerValue)) }

    /// The directives, separated by commas.
    public var headerValue: String { directives.headerValue }

    /// Whether nothing of the request or response may be stored.
    public var noStore: Bool {
        get { self[flag: "no-store"] }
        set { self[flag: "no-store"] = newValue }
    }

    /// Whether nobody on the way may change the content.
    public var noTransform: Bool {
        get { self[flag: "no-transform"] }
        set { self[flag: "no-transform"] = newValue }
    }

    /// How old a response may be.
    ///
    /// Written in whole seconds.
    public var maxAge: Duration? {
        get { self[seconds: "max-age"] }
        set { self[seconds: "max-age"] = newValue }
    }

    /// How long after its end a response may still be used where the server answers with an error.
    ///
    /// Source: RFC 5861 §4.
    public var staleIfError: Duration? {
        get { self[seconds: "stale-if-error"] }
        set { self[seconds: "stale-if-error"] = newValue }
    }

    /// Whether a directive is there.
    ///
    /// - Parameter name: The name of the directive.
    subscript(flag name: String) -> Bool {
        get { directives.contains(name) }
        set {
            if newValue { directives.set(name, to: nil) } else { directives.remove(name) }
        }
    }

    /// The seconds of a directive; nil where it is absent or has no number.
    ///
    /// - Parameter name: The name of the directive.
    subscript(seconds name: String) -> Duration? {
        get { directives[name].flatMap { DeltaSeconds.parse($0) } }
        set { directives[name] = newValue.map { DeltaSeconds.print($0) } }
    }
}

/// What a client asks of the caches on the way.
///
/// Source: RFC 9111 §5.2.1.
public struct RequestCacheControl: CacheControl {
    /// All directives with their values.
    public var directives: HeaderParameters

    /// Creates a field from directives.
    ///
    /// - Parameter directives: The directives with their values.
    public init(directives: HeaderParameters) { self.directives = directives }

    /// Whether a stored response must be checked with the server first.
    public var noCache: Bool {
        get { self[flag: "no-cache"] }
        set { self[flag: "no-cache"] = newValue }
    }

    /// How long a response must stay fresh from now on.
    public var minFresh: Duration? {
        get { self[seconds: "min-fresh"] }
        set { self[seconds: "min-fresh"] = newValue }
    }

    /// How long a response may be past its end.
    public var maxStale: StaleLimit? {
        get {
            guard directives.contains("max-stale") else { return nil }
            return directives["max-stale"] == nil ? .unlimited : self[seconds: "max-stale"].map { .limited($0) }
        }
        set {
            switch newValue {
            case nil: directives.remove("max-stale")
            case .unlimited: directives.set("max-stale", to: nil)
            case .limited(let duration): self[seconds: "max-stale"] = duration
            }
        }
    }

    /// Whether only a stored response is wanted.
    public var onlyIfCached: Bool {
        get { self[flag: "only-if-cached"] }
        set { self[flag: "only-if-cached"] = newValue }
    }

    /// How long past its end a response is still good enough for the client.
    public enum StaleLimit: Hashable, Sendable {
        /// However long.
        case unlimited

        /// At most so long.
        case limited(Duration)
    }
}
