// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A type that can be read from a path and written into one.
///
/// `/posts/{id}` with a handler `{ (id: Int) in … }` matches `/posts/42` and does not match `/posts/new`, because `Int`
/// does not accept `new`. A type of your own needs ``init(pathText:)`` and ``pathText``, and an enumeration with a raw
/// value needs nothing at all:
///
///     enum Color: String, PathValue { case red, green, blue }
///     app.get("/paint/{color}") { (color: Color) in … }
///
/// `Optional` is not a path value: a variable that is not there is another path.
public protocol PathValue: ImmediateArgument {
    /// Reads a value from the decoded text of a variable.
    ///
    /// Nil means that the text is no such value; the route does not match then.
    ///
    /// - Parameter pathText: The text between the literals, percent-decoded.
    init?(pathText: String)

    /// The text that stands for the value in a path, not yet percent-encoded.
    var pathText: String { get }

    /// How narrow the type is: of two routes that differ only in the type of a variable, the smaller weight is tried
    /// first.
    ///
    /// UUIDs and Booleans have 30, integers 40, floating-point numbers 50, text 100, and the rest of a path 200.
    static var pathWeight: Int { get }

    /// Whether values fill one segment of a path, all the segments that are left, or either.
    static var pathExtent: PathExtent { get }

    /// Whether these decoded bytes are a value. The answer must be that of ``init(pathText:)``.
    ///
    /// The router asks this of every candidate, so a type that is used much should look at the bytes and make no
    /// `String`.
    ///
    /// - Parameter segment: Decoded bytes, valid UTF-8.
    /// - Returns: Whether ``init(pathText:)`` would give a value.
    static func accepts(_ segment: Span<UInt8>) -> Bool
}

extension PathValue {
    /// One below text: narrower than any text, wider than numbers.
    public static var pathWeight: Int { 90 }

    /// One segment.
    public static var pathExtent: PathExtent { .segment }

    /// Reads the value and forgets it.
    ///
    /// - Parameter segment: Decoded bytes, valid UTF-8.
    /// - Returns: Whether ``init(pathText:)`` gives a value.
    public static func accepts(_ segment: Span<UInt8>) -> Bool {
        Self(pathText: segment.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }) != nil
    }
}

/// How much of a path the values of a type fill.
public enum PathExtent: Sendable, Hashable {
    /// One segment or a part of one: the type of `{name}`.
    case segment
    /// Everything that is left, slashes included: the type of `{name...}`.
    case rest
    /// The type can stand for `{name}` and for `{name...}`.
    case either
}

/// A path value of which every single value can stand in a path, so that writing it cannot fail.
///
/// Text is not of this kind: it may be empty, or `..`. Declare it for an enumeration of yours whose raw values are all
/// fit for a path, and ``Route`` writes it without `try`.
public protocol UnfailingPathValue: PathValue {}
