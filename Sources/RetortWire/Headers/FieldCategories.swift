// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// The kinds of header fields that somebody on the way has to take out.
public enum FieldCategories {
    /// Whether a field is about one connection and must not be passed on.
    ///
    /// - Parameter name: The name of a field, in any case.
    /// - Returns: Whether the field ends at this hop.
    ///
    /// Source: RFC 9110 §7.6.1.
    public static func isHopByHop(_ name: String) -> Bool { hopByHop.contains(name.asciiLowercased) }

    /// Whether a field describes the content that is sent.
    ///
    /// - Parameter name: The name of a field, in any case.
    /// - Returns: Whether the field goes where the content goes, as in an answer with 304.
    ///
    /// Source: RFC 9110 §8.
    public static func isEntity(_ name: String) -> Bool { entity.contains(name.asciiLowercased) }

    private static let hopByHop: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    private static let entity: Set<String> = [
        "allow", "content-encoding", "content-language", "content-length", "content-location", "content-md5",
        "content-range", "content-type", "expires", "last-modified",
    ]
}

extension HTTPFields {
    /// Removes the fields that are about one connection, among them those that `Connection` names.
    ///
    /// Source: RFC 9110 §7.6.1.
    public mutating func removeHopByHopFields() {
        let named = self[.connection].map { HeaderSet(headerValue: $0) } ?? []
        removeAll { FieldCategories.isHopByHop($0.name.canonicalName) || named.contains($0.name.canonicalName) }
    }

    /// Removes the fields that describe content, as in an answer that has none.
    ///
    /// - Parameter kept: Names that stay although they describe content.
    public mutating func removeEntityFields(keeping kept: [HTTPField.Name] = [.expires, .contentLocation]) {
        removeAll { FieldCategories.isEntity($0.name.canonicalName) && !kept.contains($0.name) }
    }
}
