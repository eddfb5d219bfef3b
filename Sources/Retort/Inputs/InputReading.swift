// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The reading of one ``Input``: its fields, and what was found wrong in them.
struct InputReading {
    let container: KeyedDecodingContainer<InputKey>

    /// The decoder of forms and queries, which keeps the errors itself.
    let recorder: FieldsDecoderCore?

    /// Whether limits count, which they do not for values that stand in for sent ones.
    let hasLimits: Bool

    private var errors: [FieldError] = []

    /// The first error of a decoder that keeps none, or one behind which a field is without a value.
    private var failure: (any Error)?

    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: InputKey.self)
        recorder = decoder as? FieldsDecoderCore
        hasLimits = !(decoder is SchemaRecorder)
    }

    /// Reads one field; what is wrong with it does not keep the others from being read.
    mutating func read<Value: Decodable & Sendable>(
        _ key: InputKey, _ rule: FieldRule<Value>, _ reader: FieldReader<Value>, into stored: inout Value?
    ) {
        do {
            let before = recorder?.errorCount ?? 0
            guard let value = try reader(container, key) else { return }
            stored = value
            // What stands in for a wrong value is not to be complained about again.
            guard hasLimits, (recorder?.errorCount ?? 0) == before, let complaint = rule.complaint(value) else {
                return
            }
            try report(key, complaint)
        } catch let nested as FieldErrors {
            errors += nested.errors
        } catch {
            if let complaint = choiceComplaint(error, key, Value.self) {
                errors.append(FieldError(path(key), complaint.code, complaint.text))
            } else {
                failure = failure ?? error
            }
        }
    }

    /// Throws what was found wrong.
    func finish() throws {
        if !errors.isEmpty { throw FieldErrors(errors) }
        if let failure { throw failure }
    }

    private mutating func report(_ key: InputKey, _ complaint: FieldComplaint) throws {
        if let recorder {
            try recorder.record(key.stringValue, complaint.code, complaint.text)
        } else {
            errors.append(FieldError(path(key), complaint.code, complaint.text))
        }
    }

    /// A sentence for a text that is none of the cases of an enumeration, where the decoder has none itself.
    private func choiceComplaint(_ error: any Error, _ key: InputKey, _ type: Any.Type) -> FieldComplaint? {
        let type: Any.Type = (type as? any OptionalField.Type)?.wrappedType ?? type
        guard recorder == nil, case .dataCorrupted? = error as? DecodingError,
            let values = ChoiceSchema.schema(of: type, TypeDocumentation())?["enum"]?.array,
            let text = try? container.decode(String.self, forKey: key)
        else { return nil }
        let names = values.compactMap(\.string)
        let list = names.prefix(20).map { FieldError.quoted($0) }.joined(separator: ", ")
        let guess = NameSuggestion.closest(to: text, among: names)
        let question = guess.map { ". Did you mean \(FieldError.quoted($0))?" } ?? ""
        return FieldComplaint(
            code: .invalidChoice, text: "must be one of \(list), not \(FieldError.quoted(text))\(question)")
    }

    /// The path of a field, such as `items[0].limit`.
    private func path(_ key: InputKey) -> String {
        var path = ""
        for step in container.codingPath {
            if let index = step.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? step.stringValue : ".\(step.stringValue)"
            }
        }
        return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
}
