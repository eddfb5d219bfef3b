// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A length of time in whole seconds, as `Age`, `max-age` and their like carry it.
///
/// Source: RFC 9111 §1.2.2.
public enum DeltaSeconds {
    /// The greatest number of seconds that is told apart from longer ones: 2³¹, which is 68 years.
    public static let maximum: Int64 = 2_147_483_648

    /// Parses a number of seconds.
    ///
    /// - Parameter text: Decimal digits, with spaces around them or not.
    /// - Returns: The time, at most ``maximum`` seconds; nil where the text is no number or a negative one.
    public static func parse(_ text: String) -> Duration? {
        guard let seconds = text.fieldSlice()?.fieldTrimmed.fieldNumber else { return nil }
        return .seconds(min(seconds, maximum))
    }

    /// Writes a number of seconds.
    ///
    /// - Parameter duration: The time. A fraction of a second is left out, and a negative time becomes 0.
    /// - Returns: Decimal digits.
    public static func print(_ duration: Duration) -> String { String(max(0, duration.components.seconds)) }
}
