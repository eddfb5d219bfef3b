// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Turns the fields and files of a form or query into a value of a `Decodable` type.
///
///     struct Search: Decodable { var q: String; var page: Int?; var tags: [String] }
///     let search = try FieldsDecoder().decode(Search.self, from: ["q": "cats", "tags": "a", "tags": "b"])
///
/// - **Scalars.** Whole numbers of every width and finite decimal numbers, checked strictly; `Bool` is `true`, `false`,
///   `1`, `0`, `on`, `off`, `yes` or `no`; `String`; enums with raw values; `UUID`; `URL`; `Date` in ISO 8601, as the
///   date and time inputs of browsers write it, in UTC where no zone is given. Of several values the first counts.
/// - **Optionals.** Nil when the field is absent, or empty and not a `String`.
/// - **Arrays.** `tags=a&tags=b`, `tags[]=a&tags[]=b` or `tags[0]=a&tags[1]=b`. An absent array is empty, as a group of
///   check boxes is when none is chosen.
/// - **Objects.** `address.city` or `address[city]`; arrays of them `items[0].name`; dictionaries in the same way.
/// - **Files.** ``UploadedFile``, also optional and in arrays. A file input in which nothing was chosen is absent.
///
/// Fields that the type does not ask for are ignored. Decoding goes on behind a field that is wrong, as long as there
/// is some value to put in its place, so that one answer names every field.
public struct FieldsDecoder: Sendable {
    /// The highest index that an array of a form may have.
    public var maximumIndex = 999

    /// Whether a `Bool` that is absent is false, as a check box is that was not ticked.
    ///
    /// Otherwise it is missing.
    public var absentBoolIsFalse = false

    /// Values for the types that are decoded.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

    /// Creates a decoder.
    public init() {}

    /// Decodes a value.
    ///
    /// - Parameters:
    ///   - type: The type of the value, usually a struct. `[String: String]` and `[String: [String]]` take the names
    ///     as they are, without looking for dots and brackets.
    ///   - fields: The names with their texts.
    ///   - files: The names with their files.
    /// - Returns: The value.
    /// - Throws: ``FieldErrors`` with every field that could not be read. Errors of a type's own `init(from:)` other
    ///   than `DecodingError` come through as they are when no field is wrong.
    /// - Complexity: O(n) in the length of all names, beside what the type itself does.
    public func decode<T: Decodable>(
        _ type: T.Type, from fields: MultiDict<String>, files: MultiDict<UploadedFile> = MultiDict()
    ) throws -> T {
        if type == [String: String].self, let flat = Self.flat(fields) as? T {
            return flat
        }
        if type == [String: [String]].self, let lists = Self.lists(fields) as? T { return lists }
        let decoding = try FieldsDecoding(self, fields.pairs, files.pairs)
        do {
            let value = try decoding.value(type, at: FieldCursor(node: 0))
            guard decoding.errors.isEmpty else { throw FieldErrors(decoding.errors) }
            return value
        } catch {
            // An error of a type's own may come from a value that stands in for a wrong field: name the field.
            throw decoding.errors.isEmpty ? error : FieldErrors(decoding.errors)
        }
    }

    private static func flat(_ fields: MultiDict<String>) -> [String: String] {
        Dictionary(fields.pairs.map { ($0.name, $0.value) }) { first, _ in first }
    }

    private static func lists(_ fields: MultiDict<String>) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for (name, value) in fields.pairs { result[name, default: []].append(value) }
        return result
    }
}
