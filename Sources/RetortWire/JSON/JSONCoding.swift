// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Swift values as JSON texts, and back.
///
/// The encoder writes straight into the text, in the order in which a type names its properties. The decoder checks
/// the whole text first and then reads from it. Both know dates, UUIDs, URLs, data and decimal numbers.
///
///     let bytes = try JSONCoding.encode(post)
///     let draft = try JSONCoding.decode(Draft.self, from: bytes)
///
/// Source: RFC 8259.
public enum JSONCoding {
    // MARK: Encoding

    /// The JSON text of a value.
    ///
    /// A type that writes the same key twice gets both members, unless keys are sorted.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - options: How it is written.
    /// - Returns: The text in UTF-8.
    /// - Throws: ``WireError`` with the code `.jsonUnencodable` for an infinity or NaN, unless the options allow it,
    ///   for a date outside the years 1 to 9999, and for a value that is nested too deep; and what the value itself throws.
    public static func encode(_ value: some Encodable, options: JSONOptions = JSONOptions()) throws -> [UInt8] {
        try output(value, options).copyBytes()
    }

    /// Appends the JSON text of a value to bytes.
    ///
    /// They stay as they were when it throws.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - bytes: The bytes to append to.
    ///   - options: How it is written.
    /// - Throws: ``WireError``, as for the other form.
    public static func encode(
        _ value: some Encodable, into bytes: inout [UInt8], options: JSONOptions = JSONOptions()
    ) throws {
        try output(value, options).withBytes { bytes.append(contentsOf: $0) }
    }

    /// Hands the JSON text of a value to a function, without copying it.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - options: How it is written.
    ///   - body: Receives the text in UTF-8, which it must not keep.
    /// - Returns: What the function returns.
    /// - Throws: ``WireError``, as for the other forms, and what the function throws.
    public static func withEncodedBytes<Result>(
        of value: some Encodable, options: JSONOptions = JSONOptions(),
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        try output(value, options).withBytes { try body(UnsafeRawBufferPointer($0)) }
    }

    /// The text of a value.
    static func output<T: Encodable>(_ value: T, _ options: JSONOptions) throws -> JSONOutput {
        do {
            guard options.sortsKeys else { return try unsorted(value, options) }
            var compact = options
            compact.isIndented = false
            let output = JSONOutput(options)
            try JSONRewriter.write(unsorted(value, compact), to: output)
            return output
        } catch let error as EncodingError {
            throw WireError(encoding: error)
        }
    }

    /// The text of a value, by streaming where that is possible.
    private static func unsorted<T: Encodable>(_ value: T, _ options: JSONOptions) throws -> JSONOutput {
        let output = JSONOutput(options)
        do {
            try output.write(any: value)
        } catch  where output.needsTree {
            // The error says no more than that.
        }
        if let failure = output.failure { throw failure }
        return output.needsTree ? try JSONTree.output(value, options) : output
    }

    // MARK: Decoding

    /// Reads a value from a JSON text.
    ///
    /// Of equal keys in an object the last one counts. `1.0` and `1e2` are whole numbers.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - bytes: The text in UTF-8, with or without a byte order mark.
    ///   - options: How dates and keys are written in it.
    ///   - limits: How much is read.
    /// - Returns: The value.
    /// - Throws: ``JSONDecodingFailure`` with the code `.jsonSyntax`, `.jsonLimit` or `.jsonMismatch`; and errors other
    ///   than `DecodingError` that the type itself throws.
    public static func decode<T: Decodable>(
        _ type: T.Type, from bytes: [UInt8], options: JSONOptions = JSONOptions(), limits: JSONLimits = JSONLimits()
    ) throws -> T {
        try bytes.withUnsafeBufferPointer { try decode(type, $0, options, limits) }
    }

    /// Reads a value from a JSON text.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - bytes: The text in UTF-8, with or without a byte order mark.
    ///   - options: How dates and keys are written in it.
    ///   - limits: How much is read.
    /// - Returns: The value.
    /// - Throws: ``JSONDecodingFailure``, as for an array of bytes.
    public static func decode<T: Decodable>(
        _ type: T.Type, from bytes: Span<UInt8>, options: JSONOptions = JSONOptions(),
        limits: JSONLimits = JSONLimits()
    ) throws -> T {
        try bytes.withUnsafeBufferPointer { try decode(type, $0, options, limits) }
    }

    /// Reads a value from a JSON text.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - text: The text.
    ///   - options: How dates and keys are written in it.
    ///   - limits: How much is read.
    /// - Returns: The value.
    /// - Throws: ``JSONDecodingFailure``, as for an array of bytes.
    public static func decode<T: Decodable>(
        _ type: T.Type, from text: String, options: JSONOptions = JSONOptions(), limits: JSONLimits = JSONLimits()
    ) throws -> T {
        var text = text
        return try text.withUTF8 { try decode(type, $0, options, limits) }
    }

    private static func decode<T: Decodable>(
        _ type: T.Type, _ bytes: UnsafeBufferPointer<UInt8>, _ options: JSONOptions, _ limits: JSONLimits
    ) throws -> T {
        let input = try JSONInput(bytes, options, limits)
        // The bytes are the caller's. A decoder that the type kept must not find them.
        defer { input.finish() }
        do {
            return try input.read(type, 1)
        } catch {
            throw input.failure(for: error)
        }
    }
}

extension JSONValue {
    /// Creates the JSON value that another value is encoded as.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - options: How it is written.
    /// - Throws: ``WireError``, as ``JSONCoding`` does.
    public init(encoding value: some Encodable, options: JSONOptions = JSONOptions()) throws {
        var limits = JSONLimits(bytes: .max, values: .max)
        limits.depth = options.maximumDepth
        self = try JSONCoding.decode(JSONValue.self, from: JSONCoding.encode(value, options: options), limits: limits)
    }

    /// The value that this one is the JSON of.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - options: How dates and keys are written.
    /// - Returns: The value.
    /// - Throws: ``JSONDecodingFailure`` with the code `.jsonMismatch`, and ``WireError`` when this value has an
    ///   infinity or NaN.
    public func decode<T: Decodable>(_ type: T.Type, options: JSONOptions = JSONOptions()) throws -> T {
        try JSONCoding.decode(type, from: bytes(), options: options, limits: JSONLimits(bytes: .max, values: .max))
    }
}

extension WireError {
    /// The refusal that an error of an encodable type stands for.
    init(encoding error: EncodingError) {
        switch error {
        case .invalidValue(_, let context):
            let place = context.codingPath.isEmpty ? "the top level" : JSONPath.text(context.codingPath)
            self.init(
                .jsonUnencodable, "The value at \(place) cannot be encoded: \(context.debugDescription)", status: 500)
        @unknown default:
            self.init(.jsonUnencodable, "The value cannot be encoded.", status: 500)
        }
    }
}
