// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The request fields that a response depends on.
///
/// Source: RFC 9110 §12.5.5.
public enum Vary: HeaderValue, Hashable {
    /// More than the fields of the request: no stored response fits another request.
    case anything

    /// These fields of the request, and no others.
    case fields(HeaderSet)

    /// Parses the names of fields.
    ///
    /// A `*` anywhere among them means ``anything``.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init(headerValue: String) {
        // What is too long to be read might say anything.
        guard headerValue.utf8.count <= HeaderText.defaultLimit else {
            self = .anything
            return
        }
        let set = HeaderSet(headerValue: headerValue)
        self = set.contains("*") ? .anything : .fields(set)
    }

    /// `*`, or the names separated by commas.
    public var headerValue: String {
        switch self {
        case .anything: "*"
        case .fields(let set): set.headerValue
        }
    }

    /// Whether the response depends on a field.
    ///
    /// - Parameter field: The name of the field, compared without regard to ASCII case.
    /// - Returns: Whether a cache has to compare it.
    public func contains(_ field: String) -> Bool {
        switch self {
        case .anything: true
        case .fields(let set): set.contains(field)
        }
    }

    /// Adds fields that are not there yet.
    ///
    /// ``anything`` stays, and `*` leads to it.
    ///
    /// - Parameter fields: The names of the fields.
    public mutating func merge(_ fields: some Sequence<String>) {
        guard case .fields(var set) = self else { return }
        for field in fields { set.insert(field) }
        self = set.contains("*") ? .anything : .fields(set)
    }
}
