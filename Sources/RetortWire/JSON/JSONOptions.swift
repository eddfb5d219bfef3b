// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How Swift values are written as JSON and read back.
///
/// The same options serve both directions, so that what one side writes the other side reads.
public struct JSONOptions: Sendable {
    /// How a `Date` stands in JSON.
    public enum DateFormat: Sendable, Hashable {
        /// A string such as `2026-01-31T12:34:56Z`, with milliseconds when there are any. Source: RFC 3339 §5.6.
        case iso8601
        /// A string such as `Sat, 31 Jan 2026 12:34:56 GMT`, in whole seconds. Source: RFC 9110 §5.6.7.
        case httpDate
        /// A number: seconds since the start of 1970 in UTC, with a fraction when there is one.
        case secondsSince1970
    }

    /// How the name of a property becomes the key of an object.
    public enum KeyStyle: Sendable, Hashable {
        /// The name stands as it is declared.
        case asDeclared
        /// `imageWidth` stands as `image_width`, and `userID` as `user_id`. Keys of dictionaries stand as they are.
        case snakeCase
    }

    /// What becomes of an infinite number or NaN, which JSON cannot express.
    public enum NonFiniteNumbers: Sendable, Hashable {
        /// Encoding throws.
        case refuse
        /// `null` is written.
        case null
    }

    /// How dates are written and read.
    ///
    /// The default is ISO 8601.
    public var dates: DateFormat

    /// How keys are written and read.
    ///
    /// The default is as declared.
    public var keys: KeyStyle

    /// What is written for infinities and NaN.
    ///
    /// The default is to throw.
    public var nonFiniteNumbers: NonFiniteNumbers

    /// Whether the members of each object are written in the order of the bytes of their keys.
    ///
    /// The default, false, keeps the order of declaration and is faster.
    public var sortsKeys: Bool

    /// Whether each element and member is written on a line of its own, indented by two spaces a level.
    public var isIndented: Bool

    /// Whether every character outside ASCII is written as `\u` and four digits.
    public var isASCIIOnly: Bool

    /// How many arrays and objects may be open at once while encoding.
    ///
    /// The default is 128.
    public var maximumDepth: Int

    /// Values that types may read from their `Encoder` or `Decoder`.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// Creates options.
    ///
    /// - Parameters:
    ///   - dates: How dates are written and read.
    ///   - keys: How keys are written and read.
    ///   - nonFiniteNumbers: What is written for infinities and NaN.
    ///   - sortsKeys: Whether the members of objects are sorted by the bytes of their keys.
    ///   - isIndented: Whether the text is broken into lines, indented by two spaces a level.
    ///   - isASCIIOnly: Whether characters outside ASCII are escaped.
    ///   - maximumDepth: How many arrays and objects may be open at once while encoding, at least 1.
    ///   - userInfo: Values that types may read from their `Encoder` or `Decoder`.
    public init(
        dates: DateFormat = .iso8601,
        keys: KeyStyle = .asDeclared,
        nonFiniteNumbers: NonFiniteNumbers = .refuse,
        sortsKeys: Bool = false,
        isIndented: Bool = false,
        isASCIIOnly: Bool = false,
        maximumDepth: Int = 128,
        userInfo: [CodingUserInfoKey: any Sendable] = [:]
    ) {
        self.dates = dates
        self.keys = keys
        self.nonFiniteNumbers = nonFiniteNumbers
        self.sortsKeys = sortsKeys
        self.isIndented = isIndented
        self.isASCIIOnly = isASCIIOnly
        self.maximumDepth = maximumDepth
        self.userInfo = userInfo
    }
}

/// How much JSON text is read before it is refused.
public struct JSONLimits: Sendable, Hashable {
    /// The most bytes of a text.
    ///
    /// The default is 64 MiB; 4 GiB − 1 is the highest that has an effect.
    public var bytes: Int

    /// How many arrays and objects may be open at once.
    ///
    /// The default is 128.
    public var depth: Int

    /// The most values and keys in a text.
    ///
    /// Each takes 16 bytes of memory while it is read. The default is 16 million.
    public var values: Int

    /// Creates limits.
    ///
    /// - Parameters:
    ///   - bytes: The most bytes of a text.
    ///   - depth: How many arrays and objects may be open at once.
    ///   - values: The most values and keys in a text.
    public init(bytes: Int = 64 << 20, depth: Int = 128, values: Int = 16_000_000) {
        self.bytes = bytes
        self.depth = depth
        self.values = values
    }
}
