// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A place in a form: a name, or one of the values of a name when it is an element of an array.
struct FieldCursor {
    var node: Int
    /// The number of the value, or -1 for the name as a whole.
    var value = -1
}

/// One run of a decoder: the form, and what was found wrong in it.
///
/// A field that is wrong is written down, and decoding goes on with a stand-in, which is a value that a client could
/// have sent as well. Where there is none, `Stop` is thrown.
final class FieldsDecoding {
    /// Thrown behind an error that is written down.
    struct Stop: Error {}

    /// More errors than this help nobody.
    static let maximumErrors = 100

    let options: FieldsDecoder
    let fields: [(name: String, value: String)]
    let files: [(name: String, value: UploadedFile)]
    var tree = FieldTree()
    private(set) var errors: [FieldError] = []

    init(
        _ options: FieldsDecoder, _ fields: [(name: String, value: String)],
        _ files: [(name: String, value: UploadedFile)]
    ) throws {
        self.options = options
        self.fields = fields
        self.files = files
        for field in fields { try tree.append(field.name) }
        for file in files {
            if file.value.isBlank { tree.skipValue() } else { try tree.append(file.name) }
        }
    }

    // MARK: Places

    /// The place of a key below a node, or nil when the form has none.
    func find(_ key: some CodingKey, below node: Int) -> FieldCursor? {
        var name = key.stringValue
        if let found = name.withUTF8({ tree.find($0, below: node) }) { return FieldCursor(node: found) }
        // A key may be written like a path itself: case city = "address.city".
        let bytes = Array(name.utf8)
        guard let steps = FieldPath.steps(of: bytes, in: 0..<bytes.count), steps.count > 1 else { return nil }
        var place = node
        for step in steps {
            guard let next = bytes[step.step].withUnsafeBufferPointer({ tree.find($0, below: place) }) else {
                return nil
            }
            place = next
        }
        return FieldCursor(node: place)
    }

    /// The place of a key below a node, made up when the form has none.
    func cursor(_ key: some CodingKey, below node: Int) -> FieldCursor {
        find(key, below: node) ?? FieldCursor(node: tree.addMissing(key.stringValue, below: node))
    }

    /// The elements of the array at a place: plain values first, then those with an index.
    func elements(_ cursor: FieldCursor) throws -> [FieldCursor] {
        guard cursor.value < 0 else { return [cursor] }
        var result = tree.values(cursor.node).map { FieldCursor(node: cursor.node, value: $0) }
        for element in tree.elements(cursor.node) {
            guard element.index <= options.maximumIndex else {
                try fail(
                    FieldCursor(node: element.node), .outOfRange, "has an index above \(options.maximumIndex)")
                throw Stop()
            }
            result.append(FieldCursor(node: element.node))
        }
        return result
    }

    /// The text at a place, or nil when there is none.
    func text(_ cursor: FieldCursor) -> String? {
        if cursor.value >= 0 { return cursor.value < fields.count ? fields[cursor.value].value : nil }
        let first = tree.nodes[cursor.node].firstValue
        if first < 0 { return nil }
        if first < fields.count { return fields[first].value }
        return tree.values(cursor.node).first { $0 < fields.count }.map { fields[$0].value }
    }

    /// The file at a place, or nil when there is none.
    func file(_ cursor: FieldCursor) -> UploadedFile? {
        let values = cursor.value >= 0 ? [cursor.value] : Array(tree.values(cursor.node))
        return values.first { $0 >= fields.count }.map { files[$0 - fields.count].value }
    }

    /// Whether nothing stands at a place, or only an empty text.
    func isEmpty(_ cursor: FieldCursor) -> Bool {
        if let text = text(cursor), !text.isEmpty { return false }
        if cursor.value >= 0 { return cursor.value < fields.count }
        return tree.nodes[cursor.node].firstChild < 0 && file(cursor) == nil
    }

    /// The path of a place as the client wrote it.
    func path(_ cursor: FieldCursor) -> String { tree.path(cursor.node) }

    // MARK: Errors

    /// Writes an error down.
    ///
    /// Throws `Stop` when there are too many.
    func fail(_ cursor: FieldCursor, _ code: FieldError.Code, _ complaint: String) throws {
        errors.append(FieldError(path(cursor), code, complaint))
        if errors.count >= Self.maximumErrors { throw Stop() }
    }

    /// Writes down that something is needed at a place.
    func failMissing(_ cursor: FieldCursor, _ what: String = "is missing") throws {
        try fail(cursor, .missing, text(cursor) == nil ? what : "must not be empty")
    }

    // MARK: Values

    /// Decodes a value of any type.
    func value<T: Decodable>(_ type: T.Type, at cursor: FieldCursor) throws -> T {
        if let scalar = try knownValue(type, at: cursor) { return scalar }
        guard tree.nodes[cursor.node].depth <= FieldTree.maximumDepth else {
            // Only a type that contains itself gets here, and the form ended long before.
            try failMissing(cursor)
            throw Stop()
        }
        let count = errors.count
        do {
            return try T(from: FieldsDecoderCore(decoding: self, cursor: cursor))
        } catch let error as DecodingError {
            if errors.count == count { try describe(error, type, cursor) }
            if let standIn = firstCase(of: type) { return standIn }
            throw Stop()
        }
    }

    /// Decodes a value of any type, or nil when nothing stands at the place or it is wrong.
    func optional<T: Decodable>(_ type: T.Type, at cursor: FieldCursor?) throws -> T? {
        guard let cursor, type == String.self || !isEmpty(cursor) else { return nil }
        do {
            return try value(type, at: cursor)
        } catch is Stop where errors.count < Self.maximumErrors {
            return nil
        }
    }

    private func describe<T>(_ error: DecodingError, _ type: T.Type, _ cursor: FieldCursor) throws {
        let choices = choices(of: type)
        if !choices.isEmpty {
            let list = choices.map { FieldError.quoted($0) }.joined(separator: ", ")
            let guess = text(cursor).flatMap { NameSuggestion.closest(to: $0, among: choices) }
            let question = guess.map { ". Did you mean \(FieldError.quoted($0))?" } ?? ""
            return try fail(cursor, .invalidChoice, "must be one of \(list)\(notThis(cursor))\(question)")
        }
        if type is any RawRepresentable.Type {
            return try fail(cursor, .invalidChoice, "must be one of the values that are allowed\(notThis(cursor))")
        }
        // What the type says about the value is for its programmer, and may quote what it likes.
        try fail(place(of: error) ?? cursor, .invalid, "is not valid")
    }

    /// The place that an error of a type's own names, or nil when it names none.
    private func place(of error: DecodingError) -> FieldCursor? {
        let path: [any CodingKey]
        switch error {
        case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context):
            path = context.codingPath
        case .keyNotFound(let key, let context): path = context.codingPath + [key]
        @unknown default: return nil
        }
        // A type may name what it likes, so the number of steps has an end.
        guard 1...FieldTree.maximumDepth ~= path.count else { return nil }
        return path.reduce(FieldCursor(node: 0)) { cursor($1, below: $0.node) }
    }

    /// The end of a sentence that quotes what was sent instead.
    func notThis(_ cursor: FieldCursor) -> String {
        text(cursor).map { ", not \(FieldError.quoted($0))" } ?? ""
    }
}

/// The raw values of an enum that lists its cases, at most twenty; none for other types.
private func choices<T>(of type: T.Type) -> [String] {
    func list<C: CaseIterable>(_: C.Type) -> [String] {
        C.allCases.prefix(20).compactMap { choice in
            (choice as? any RawRepresentable).map { "\($0.rawValue)" }
        }
    }
    guard let type = type as? any CaseIterable.Type else { return [] }
    return list(type)
}

/// The first case of an enum that lists its cases.
private func firstCase<T>(of type: T.Type) -> T? {
    func first<C: CaseIterable>(_: C.Type) -> T? { C.allCases.first as? T }
    return (type as? any CaseIterable.Type).flatMap { first($0) }
}
