// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RawStructuredFieldValues

/// Dictionaries of structured fields, with the limit that all header values have here.
///
/// Source: RFC 9651 §3.2.
enum StructuredField {
    typealias Dictionary = OrderedMap<String, ItemOrInnerList>

    /// Parses a dictionary, or returns nil where the text does not follow the grammar, which is strict.
    static func dictionary(_ text: String) -> Dictionary? {
        guard let slice = text.fieldSlice() else { return nil }
        var parser = StructuredFieldValueParser(slice)
        return try? parser.parseDictionaryFieldValue()
    }

    /// Writes a dictionary, or the empty text where a name or value cannot be written.
    static func text(of dictionary: Dictionary) -> String {
        guard !dictionary.isEmpty else { return "" }
        var serializer = StructuredFieldValueSerializer()
        guard let bytes = try? serializer.writeDictionaryFieldValue(dictionary) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func item(_ value: RFC9651BareItem) -> Item { Item(bareItem: value, parameters: OrderedMap()) }
}
