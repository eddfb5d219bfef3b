// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Writes a JSON text anew, with other indentation or the members of objects in the order of their keys.
///
/// Scalars are copied as they stand. Of equal keys the last one stays.
enum JSONRewriter {
    /// Writes the text of one output to another, as the options of the other say.
    static func write(_ source: JSONOutput, to output: JSONOutput) throws {
        try source.withBytes { bytes in
            let limits = JSONLimits(bytes: .max, depth: .max, values: .max)
            let input = try JSONInput(bytes, source.options, limits)
            defer { input.finish() }
            write(1, input, to: output)
        }
    }

    /// The recursion is no deeper than the options let the source be.
    private static func write(_ index: Int, _ input: JSONInput, to output: JSONOutput) {
        let entry = input.peek(index)
        switch entry.kind {
        case .null: output.writeNull()
        case .true: output.write(true)
        case .false: output.write(false)
        case .integer, .unsigned, .double: input.numberBytes(index).map(output.append)
        case .array:
            _ = output.open(isObject: false)
            var element = index + 1
            for _ in 0..<entry.low {
                output.separate()
                write(element, input, to: output)
                element = input.tape.next(element)
            }
            output.closeInnermost()
        case .object:
            _ = output.open(isObject: true)
            for key in keys(index, input, sorted: output.options.sortsKeys) {
                output.separate()
                output.writeRawKey(input.keyText(key))
                write(key + 1, input, to: output)
            }
            output.closeInnermost()
        default:
            // A string keeps its escapes, so its quotation marks are all that it lacks.
            output.append(input.bytes(entry.start - 1, entry.low + 2))
        }
    }

    /// The indices of the keys of an object, in the order of the text or of their bytes.
    private static func keys(_ object: Int, _ input: JSONInput, sorted: Bool) -> [Int] {
        var keys: [Int] = []
        keys.reserveCapacity(Int(input.peek(object).detail))
        input.forEachKey(object) { keys.append($0) }
        if sorted { keys.sort { input.keyBytes($0).lexicographicallyPrecedes(input.keyBytes($1)) } }
        return keys
    }
}
