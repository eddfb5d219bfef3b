// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// A value that is read from the text of a header field and written to it.
///
/// Parsing is lenient where the field's servers are: what cannot be understood is skipped, or the whole value is nil.
/// Printing never writes a line break or another control byte.
public protocol HeaderValue: Sendable {
    /// Parses the value of a header field, or returns nil where it cannot be understood.
    ///
    /// - Parameter headerValue: The text behind the colon. Several lines of a field are joined with commas.
    init?(headerValue: String)

    /// The text that stands behind the colon.
    var headerValue: String { get }
}

extension HTTPFields {
    /// The value of a field as a type, or nil where the field is absent or cannot be understood.
    ///
    /// Setting nil removes the field.
    ///
    /// - Parameters:
    ///   - name: The name of the field.
    ///   - type: The type to parse.
    public subscript<Value: HeaderValue>(name: HTTPField.Name, as type: Value.Type) -> Value? {
        get { self[name].flatMap { Value(headerValue: $0) } }
        set { self[name] = newValue?.headerValue }
    }
}
