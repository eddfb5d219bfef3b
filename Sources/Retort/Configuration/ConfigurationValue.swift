// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// A type that can be read from the text of a setting.
///
///     enum Size: String, ConfigurationValue { case small, large }
public protocol ConfigurationValue: Sendable {
    /// Reads a value, or answers nil when the text is none.
    ///
    /// - Parameter text: The text as it stands in its source.
    init?(configurationText text: String)

    /// What the text must be, as the end of a sentence: `a whole number`.
    static var configurationForm: String { get }
}

extension ConfigurationValue where Self: RawRepresentable, RawValue == String, Self: CaseIterable {
    /// Reads a case by its raw value.
    ///
    /// Case does not matter.
    ///
    /// - Parameter text: The raw value.
    public init?(configurationText text: String) {
        guard let value = Self.allCases.first(where: { $0.rawValue.equalsIgnoringASCIICase(text) }) else { return nil }
        self = value
    }

    /// The raw values.
    public static var configurationForm: String { Words.choice(Self.allCases.map(\.rawValue)) }
}

extension String: ConfigurationValue {
    /// Takes the text as it is.
    ///
    /// - Parameter text: The text.
    public init?(configurationText text: String) { self = text }

    /// Any text.
    public static var configurationForm: String { "a text" }
}

extension Authority: ConfigurationValue {
    /// Reads a host, or a host and a port.
    ///
    /// - Parameter text: Such as `pictures.example:8080`.
    public init?(configurationText text: String) { self.init(text) }

    /// A host, or a host and a port.
    public static var configurationForm: String {
        "a host such as pictures.example, or one with a port such as 127.0.0.1:9000"
    }
}

extension Secret: ConfigurationValue {
    /// Takes the text as it is.
    ///
    /// - Parameter text: The text.
    public init?(configurationText text: String) {
        guard !text.isEmpty else { return nil }
        self.init(text)
    }

    /// A text that is not empty.
    public static var configurationForm: String { "a secret text that is not empty" }
}

extension Int: ConfigurationValue {
    /// Reads a whole number, in which `_` may group digits.
    ///
    /// - Parameter text: Digits, perhaps behind a sign.
    public init?(configurationText text: String) {
        guard text.utf8.first != UInt8(ascii: "_"), text.utf8.last != UInt8(ascii: "_") else { return nil }
        self.init(String(decoding: text.utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self), radix: 10)
    }

    /// A whole number.
    public static var configurationForm: String { "a whole number" }
}

extension Double: ConfigurationValue {
    /// Reads a finite number.
    ///
    /// - Parameter text: The number in decimal notation.
    public init?(configurationText text: String) {
        let isDecimal = text.utf8.allSatisfy { $0.isASCIIDigit || "+-.eE".utf8.contains($0) }
        guard isDecimal, let value = Double(text), value.isFinite else { return nil }
        self = value
    }

    /// A number.
    public static var configurationForm: String { "a number" }
}

extension Bool: ConfigurationValue {
    /// Reads `true`, `yes`, `on` or `1`, or one of their opposites.
    ///
    /// Case does not matter.
    ///
    /// - Parameter text: The word.
    public init?(configurationText text: String) {
        switch text.asciiLowercased {
        case "true", "yes", "on", "1": self = true
        case "false", "no", "off", "0": self = false
        default: return nil
        }
    }

    /// True or false.
    public static var configurationForm: String { "true or false" }
}

extension SetCookie.SameSite: ConfigurationValue {}

extension CookieSecurity: ConfigurationValue {
    /// Reads one of the three words.
    ///
    /// - Parameter text: The word; case does not matter.
    public init?(configurationText text: String) {
        switch text.asciiLowercased {
        case "automatic", "auto": self = .automatic
        case "always", "true": self = .always
        case "never", "false": self = .never
        default: return nil
        }
    }

    /// The three words.
    public static var configurationForm: String { "automatic, always or never" }
}

/// Words for sentences.
enum Words {
    /// `a, b or c`.
    static func choice(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return "\(words.dropLast().joined(separator: ", ")) or \(last)"
    }
}
