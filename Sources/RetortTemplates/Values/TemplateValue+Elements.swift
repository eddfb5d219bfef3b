// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension TemplateValue {
    /// The elements that a loop goes through: those of a list, the keys of a dictionary, the characters of a text.
    ///
    /// - Parameter rendering: The rendering, which waits for elements that come one by one.
    /// - Returns: The elements.
    /// - Throws: ``TemplateError`` for what has no elements.
    func loopElements(_ rendering: Rendering?) throws -> [TemplateValue] {
        switch self {
        case .list(let list): return list.values
        case .tuple(let values): return values
        case .dict(let dict): return dict.keys
        case .string(let text): return text.unicodeScalars.map { .string(String(Character($0))) }
        case .markup(let markup): return markup.html.unicodeScalars.map { .string(String(Character($0))) }
        case .undefined(let undefined):
            if undefined.behavior == .strict { throw undefined.error() }
            return []
        case .object(let object):
            if let elements = try object.elements() { return elements }
            if let stream = object.asyncElements() {
                guard let rendering else { throw TemplateError(.type, "'\(typeName)' object is not iterable") }
                return try rendering.collect(stream)
            }
            throw TemplateError(.type, "'\(typeName)' object is not iterable")
        default: throw TemplateError(.type, "'\(typeName)' object is not iterable")
        }
    }

    /// The number of elements or characters; nil for what has none.
    var length: Int? {
        switch self {
        case .list(let list): list.count
        case .tuple(let values): values.count
        case .dict(let dict): dict.count
        case .string(let text): text.unicodeScalars.count
        case .markup(let markup): markup.html.unicodeScalars.count
        case .object(let object): object.count
        default: nil
        }
    }

    /// The HTML that shows the value: markup as it is, everything else escaped.
    func escaped() throws -> SafeHTML {
        switch self {
        case .markup(let markup): return markup
        case .object(let object): if let html = object.html { return html }
        default: break
        }
        return SafeHTML.escaping(try printed)
    }
}
