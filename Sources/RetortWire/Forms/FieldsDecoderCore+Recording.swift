// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a type that checks its own fields asks of the decoder.
///
/// The errors that it finds are written down beside those of the decoder, so that one answer names every field.
extension FieldsDecoderCore {
    /// The number of errors so far.
    package var errorCount: Int { decoding.errors.count }

    /// Writes down that the value of a key does not fit.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - code: What is wrong.
    ///   - complaint: The end of the sentence that begins with the field.
    /// - Throws: An error that ends decoding, when there are too many.
    package func record(_ name: String, _ code: FieldError.Code, _ complaint: String) throws {
        try decoding.fail(decoding.cursor(FieldKey(stringValue: name), below: cursor.node), code, complaint)
    }
}
