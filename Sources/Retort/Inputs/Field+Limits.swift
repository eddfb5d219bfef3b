// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// MARK: Numbers

extension Field {
    /// Creates a number with a default and a range.
    ///
    /// A value outside of the range is answered 422.
    ///
    /// - Parameters:
    ///   - wrappedValue: The default.
    ///   - title: What a form calls it; nil for its name.
    ///   - range: The values that are taken.
    ///   - step: The distance between values, counted from the lowest, or from 0 where there is none; nil for any.
    ///   - unit: What stands behind the number, such as `px`.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init<R: FieldRange>(
        wrappedValue: Value, _ title: String? = nil, in range: R, step: Value? = nil, unit: String? = nil,
        description: String? = nil, name: String? = nil
    ) where R.Bound == Value, Value: Numeric {
        self.init(
            wrappedValue, FieldNotes(name: name, title: title, description: description, unit: unit),
            [.range(range, step: step)])
    }

    /// Creates a number with a range that must be sent.
    ///
    /// - Parameters:
    ///   - title: What a form calls it; nil for its name.
    ///   - range: The values that are taken.
    ///   - step: The distance between values, counted from the lowest, or from 0 where there is none; nil for any.
    ///   - unit: What stands behind the number, such as `px`.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init<R: FieldRange>(
        _ title: String? = nil, in range: R, step: Value? = nil, unit: String? = nil, description: String? = nil,
        name: String? = nil
    ) where R.Bound == Value, Value: Numeric {
        self.init(
            nil, FieldNotes(name: name, title: title, description: description, unit: unit),
            [.range(range, step: step)])
    }

    /// Creates a number with a range that may be left out.
    ///
    /// - Parameters:
    ///   - wrappedValue: The default.
    ///   - title: What a form calls it; nil for its name.
    ///   - range: The values that are taken.
    ///   - step: The distance between values, counted from the lowest, or from 0 where there is none; nil for any.
    ///   - unit: What stands behind the number, such as `px`.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init<R: FieldRange>(
        wrappedValue: Value = nil, _ title: String? = nil, in range: R, step: R.Bound? = nil, unit: String? = nil,
        description: String? = nil, name: String? = nil
    ) where Value == R.Bound?, R.Bound: Numeric & Decodable & Sendable {
        self.init(
            wrappedValue, FieldNotes(name: name, title: title, description: description, unit: unit),
            [FieldLimit<R.Bound>.range(range, step: step).optional()])
    }
}

// MARK: Texts

extension Field where Value == String {
    /// Creates a text with a default and limits.
    ///
    /// - Parameters:
    ///   - wrappedValue: The default.
    ///   - title: What a form calls it; nil for its name.
    ///   - length: The numbers of Unicode scalars that are taken.
    ///   - pattern: What the whole text must fit; nil for any text.
    ///   - format: What kind of text it is. Nothing is checked by it.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init(
        wrappedValue: String, _ title: String? = nil, length: some FieldRange<Int>,
        matching pattern: FieldPattern? = nil, format: String? = nil, description: String? = nil, name: String? = nil
    ) {
        self.init(
            wrappedValue, FieldNotes(name: name, title: title, description: description, format: format),
            [.length(length)] + (pattern.map { [.pattern($0)] } ?? []))
    }

    /// Creates a text with limits that must be sent.
    ///
    /// - Parameters:
    ///   - title: What a form calls it; nil for its name.
    ///   - length: The numbers of Unicode scalars that are taken.
    ///   - pattern: What the whole text must fit; nil for any text.
    ///   - format: What kind of text it is. Nothing is checked by it.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init(
        _ title: String? = nil, length: some FieldRange<Int>, matching pattern: FieldPattern? = nil,
        format: String? = nil, description: String? = nil, name: String? = nil
    ) {
        self.init(
            nil, FieldNotes(name: name, title: title, description: description, format: format),
            [.length(length)] + (pattern.map { [.pattern($0)] } ?? []))
    }
}

extension Field where Value == String? {
    /// Creates a text with limits that may be left out.
    ///
    /// - Parameters:
    ///   - wrappedValue: The default.
    ///   - title: What a form calls it; nil for its name.
    ///   - length: The numbers of Unicode scalars that are taken.
    ///   - pattern: What the whole text must fit; nil for any text.
    ///   - format: What kind of text it is. Nothing is checked by it.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init(
        wrappedValue: String? = nil, _ title: String? = nil, length: some FieldRange<Int>,
        matching pattern: FieldPattern? = nil, format: String? = nil, description: String? = nil, name: String? = nil
    ) {
        let limits = [FieldLimit<String>.length(length)] + (pattern.map { [.pattern($0)] } ?? [])
        self.init(
            wrappedValue, FieldNotes(name: name, title: title, description: description, format: format),
            limits.map { $0.optional() })
    }
}

// MARK: Lists

extension Field where Value: RangeReplaceableCollection {
    /// Creates a list with a default and a number of elements.
    ///
    /// - Parameters:
    ///   - wrappedValue: The default.
    ///   - title: What a form calls it; nil for its name.
    ///   - count: The numbers of elements that are taken.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init(
        wrappedValue: Value, _ title: String? = nil, count: some FieldRange<Int>, description: String? = nil,
        name: String? = nil
    ) {
        self.init(
            wrappedValue, FieldNotes(name: name, title: title, description: description), [.count(count)])
    }

    /// Creates a list with a number of elements that must be sent.
    ///
    /// - Parameters:
    ///   - title: What a form calls it; nil for its name.
    ///   - count: The numbers of elements that are taken.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init(
        _ title: String? = nil, count: some FieldRange<Int>, description: String? = nil, name: String? = nil
    ) {
        self.init(nil, FieldNotes(name: name, title: title, description: description), [.count(count)])
    }
}
