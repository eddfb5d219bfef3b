// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Writes a JSON text step by step, without a type that describes it.
///
/// A mistake, such as a value without its key, is remembered and reported by `finish()`, so that the steps need no
/// `try`.
///
///     var writer = JSONWriter()
///     writer.beginObject()
///     writer.key("id")
///     writer.value(42)
///     writer.endObject()
///     let bytes = try writer.finish()
///
/// Source: RFC 8259.
public struct JSONWriter: ~Copyable {
    private let output: JSONOutput
    /// Whether a key was written that has no value yet.
    private var hasKey = false
    /// Whether the value of the text was begun.
    private var hasValue = false
    private var failure: (any Error)?

    /// Creates a writer of an empty text.
    ///
    /// - Parameter options: How values are written. The style of keys does not apply to those that `key` receives.
    public init(options: JSONOptions = JSONOptions()) {
        var streamed = options
        // Sorting happens at the end, and takes care of the lines too.
        if options.sortsKeys { streamed.isIndented = false }
        self.output = JSONOutput(streamed)
        self.options = options
    }

    private let options: JSONOptions

    /// Begins an object where a value may stand.
    public mutating func beginObject() { begin(isObject: true) }

    /// Begins an array where a value may stand.
    public mutating func beginArray() { begin(isObject: false) }

    /// Ends the object that was begun last.
    public mutating func endObject() { end(isObject: true) }

    /// Ends the array that was begun last.
    public mutating func endArray() { end(isObject: false) }

    /// Writes a key, for which the next value is meant.
    ///
    /// - Parameter name: The key. It is not compared with the keys before it.
    public mutating func key(_ name: String) {
        guard failure == nil else { return }
        guard output.isInObject, !hasKey else {
            return fail("A key has to stand in an object, and behind the value of the key before it.")
        }
        output.separate()
        output.writeRawKey(name)
        hasKey = true
    }

    /// Writes `null`.
    public mutating func null() { if beginValue() { output.writeNull() } }

    /// Writes a string.
    ///
    /// - Parameter value: The text.
    public mutating func value(_ value: String) { if beginValue() { output.write(value) } }

    /// Writes a whole number.
    ///
    /// - Parameter value: The number.
    public mutating func value(_ value: Int) { if beginValue() { output.write(Int64(value)) } }

    /// Writes `true` or `false`.
    ///
    /// - Parameter value: The value.
    public mutating func value(_ value: Bool) { if beginValue() { output.write(value) } }

    /// Writes a number.
    ///
    /// - Parameter value: The number. The options say what becomes of infinities and NaN.
    public mutating func value(_ value: Double) { attempt { try $0.write(value) } }

    /// Writes any value that can be encoded.
    ///
    /// - Parameter value: The value.
    public mutating func value(_ value: some Encodable) {
        // Encoded on its own, so that a type which uses several containers at once cannot spoil what is there.
        var inner = options
        inner.isIndented = false
        inner.maximumDepth = max(0, options.maximumDepth - output.depth)
        attempt { try JSONRewriter.write(JSONCoding.output(value, inner), to: $0) }
    }

    /// Ends the text.
    ///
    /// - Returns: The text in UTF-8.
    /// - Throws: ``WireError`` with the code `.jsonUnencodable` for the first mistake, for a text without a value, and
    ///   for what is still open.
    public consuming func finish() throws -> [UInt8] {
        if let failure { throw failure }
        if let failure = output.failure { throw failure }
        guard hasValue, output.depth == 0 else {
            throw Self.mistake(
                hasValue ? "An array or object is still open. End it first." : "The text has no value. Write one first."
            )
        }
        guard options.sortsKeys else { return output.copyBytes() }
        let sorted = JSONOutput(options)
        try JSONRewriter.write(output, to: sorted)
        return sorted.copyBytes()
    }

    // MARK: Steps

    private mutating func begin(isObject: Bool) {
        guard beginValue() else { return }
        _ = output.open(isObject: isObject)
        failure = output.failure
    }

    private mutating func end(isObject: Bool) {
        guard failure == nil else { return }
        guard output.depth > 0, output.isInObject == isObject, !hasKey else {
            return fail("What is ended has to be what was begun last, and its last key needs a value.")
        }
        output.closeInnermost()
    }

    private mutating func attempt(_ body: (JSONOutput) throws -> Void) {
        guard beginValue() else { return }
        do { try body(output) } catch { failure = error }
    }

    /// Prepares for a value, and answers whether one may stand here.
    private mutating func beginValue() -> Bool {
        guard failure == nil else { return false }
        if output.depth == 0 {
            if hasValue { fail("The text has a value already, and holds no second one.") }
            hasValue = true
        } else if output.isInObject {
            if !hasKey { fail("A value in an object needs a key before it.") }
            hasKey = false
        } else {
            output.separate()
        }
        return failure == nil
    }

    private mutating func fail(_ message: String) { failure = Self.mistake(message) }

    private static func mistake(_ message: String) -> WireError {
        WireError(.jsonUnencodable, message, status: 500)
    }
}
