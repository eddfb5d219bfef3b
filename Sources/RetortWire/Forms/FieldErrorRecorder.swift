// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A decoder that writes errors down and goes on, so that one answer names every field.
package protocol FieldErrorRecorder {
    /// The number of errors so far.
    var errorCount: Int { get }

    /// Writes down that the value of a key does not fit.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - code: What is wrong.
    ///   - complaint: The end of the sentence that begins with the field.
    /// - Throws: An error that ends decoding, when there are too many.
    func record(_ name: String, _ code: FieldError.Code, _ complaint: String) throws
}

extension FieldsDecoderCore: FieldErrorRecorder {
    package var errorCount: Int { decoding.errors.count }

    package func record(_ name: String, _ code: FieldError.Code, _ complaint: String) throws {
        try decoding.fail(decoding.cursor(FieldKey(stringValue: name), below: cursor.node), code, complaint)
    }
}
