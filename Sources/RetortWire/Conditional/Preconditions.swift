// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// The conditions of a request: what must be true of the current state for the request to be carried out.
///
/// Source: RFC 9110 §13.
public struct Preconditions: Hashable, Sendable {
    /// The state must be one of these.
    public var ifMatch: ETagSet?

    /// The state must be none of these.
    public var ifNoneMatch: ETagSet?

    /// The state must be newer.
    public var ifModifiedSince: HTTPDate?

    /// The state must not be newer.
    public var ifUnmodifiedSince: HTTPDate?

    /// The state that the range belongs to.
    public var ifRange: IfRange?

    /// Whether a part of the content was asked for.
    public var hasRange: Bool

    /// Creates conditions.
    ///
    /// - Parameters:
    ///   - ifMatch: The state must be one of these.
    ///   - ifNoneMatch: The state must be none of these.
    ///   - ifModifiedSince: The state must be newer.
    ///   - ifUnmodifiedSince: The state must not be newer.
    ///   - ifRange: The state that the range belongs to.
    ///   - hasRange: Whether a part of the content was asked for.
    public init(
        ifMatch: ETagSet? = nil, ifNoneMatch: ETagSet? = nil, ifModifiedSince: HTTPDate? = nil,
        ifUnmodifiedSince: HTTPDate? = nil, ifRange: IfRange? = nil, hasRange: Bool = false
    ) {
        self.ifMatch = ifMatch
        self.ifNoneMatch = ifNoneMatch
        self.ifModifiedSince = ifModifiedSince
        self.ifUnmodifiedSince = ifUnmodifiedSince
        self.ifRange = ifRange
        self.hasRange = hasRange
    }

    /// Reads the conditions of a request.
    ///
    /// A date that cannot be understood is no condition.
    ///
    /// - Parameter fields: The header fields of the request.
    public init(_ fields: HTTPFields) {
        self.init(
            ifMatch: fields[.ifMatch, as: ETagSet.self], ifNoneMatch: fields[.ifNoneMatch, as: ETagSet.self],
            ifModifiedSince: fields[.ifModifiedSince, as: HTTPDate.self],
            ifUnmodifiedSince: fields[.ifUnmodifiedSince, as: HTTPDate.self],
            ifRange: fields[.ifRange, as: IfRange.self], hasRange: fields[.range] != nil)
    }

    /// What follows from the conditions.
    public enum Outcome: Hashable, Sendable {
        /// Carry the request out; a range that was asked for is ignored.
        case proceed

        /// The client has the current state: 304.
        case notModified

        /// The state is not the expected one: 412.
        case preconditionFailed

        /// Carry the request out and send the part that was asked for: 206, or 416 where it is outside.
        case partial
    }

    /// Compares the conditions with the current state, in the order of the standard.
    ///
    /// - Parameters:
    ///   - method: The method of the request.
    ///   - tag: The tag of the current state, where it has one.
    ///   - lastModified: When the current state was last changed, where that is known.
    ///   - exists: Whether there is a current state at all.
    /// - Returns: What is to be done.
    ///
    /// Source: RFC 9110 §13.2.2.
    public func evaluate(
        method: HTTPRequest.Method, tag: ETag?, lastModified: HTTPDate?, exists: Bool = true
    ) -> Outcome {
        let isRead = method == .get || method == .head
        if let ifMatch {
            guard exists, matches(ifMatch, tag) else { return .preconditionFailed }
        } else if let ifUnmodifiedSince, let lastModified, lastModified > ifUnmodifiedSince {
            return .preconditionFailed
        }
        if let ifNoneMatch {
            if exists, isListed(in: ifNoneMatch, tag) { return isRead ? .notModified : .preconditionFailed }
        } else if isRead, let ifModifiedSince, let lastModified, lastModified <= ifModifiedSince {
            return .notModified
        }
        guard method == .get, hasRange, exists else { return .proceed }
        return ifRange.map { $0.matches(tag, lastModified: lastModified) } ?? true ? .partial : .proceed
    }

    private func matches(_ set: ETagSet, _ tag: ETag?) -> Bool {
        set == .any || tag.map { set.stronglyContains($0) } ?? false
    }

    private func isListed(in set: ETagSet, _ tag: ETag?) -> Bool {
        set == .any || tag.map { set.weaklyContains($0) } ?? false
    }

    /// Whether the client needs the content, by the simpler question of WSGI applications that knows no method.
    ///
    /// - Parameters:
    ///   - tag: The tag of the current state.
    ///   - lastModified: When the current state was last changed.
    ///   - usingIfRange: Whether `If-Range` of a request with a range is looked at instead of the other conditions.
    /// - Returns: False where the client has the current state, and where `If-Match` does not fit.
    public func isModified(tag: ETag?, lastModified: HTTPDate?, usingIfRange: Bool = false) -> Bool {
        var since = ifModifiedSince
        var rangeTag: ETag?
        if usingIfRange, hasRange {
            switch ifRange {
            case .date(let date): since = date
            case .tag(let tag): rangeTag = tag
            case nil: break
            }
        }
        var isCurrent = false
        if let since, let lastModified { isCurrent = lastModified <= since }
        guard let tag, !tag.tag.isEmpty else { return !isCurrent }
        if let rangeTag { return !rangeTag.weaklyMatches(tag) }
        if let ifNoneMatch, !ifNoneMatch.isEmpty { isCurrent = ifNoneMatch.weaklyContains(tag) }
        if let ifMatch, !ifMatch.isEmpty {
            // Strength is asked of the client's tag only: what the application passes here is the bare text.
            if case .tags(let tags) = ifMatch { isCurrent = !tags.contains { !$0.isWeak && $0.weaklyMatches(tag) } }
        }
        return !isCurrent
    }
}
