// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Answers the cases that read a multipart body; nil for every other case.
func answerMultipartCase(_ testCase: CaseValue) -> CaseValue? {
    guard testCase["kind"] == "multipart", let boundary = testCase["boundary"]?.string,
        let body = testCase["body"]?.string.flatMap({ Data(base64Encoded: $0) })
    else { return nil }
    var limits = FormLimits.unlimited
    if let parts = testCase["max_form_parts"]?.int { limits.parts = parts }
    if let bytes = testCase["max_form_memory_size"]?.int { limits.fieldBytes = bytes }
    do {
        let form = try FormCollector(body: Array(body), boundary: MultipartBoundary(boundary), limits: limits)
        let fields = form.fields.pairs.map { CaseValue.array([.string($0.name), .string($0.value)]) }
        let files = try form.files.pairs.map(describe)
        return .answer(.object([("files", .array(files)), ("form", .array(fields))]))
    } catch let error as WireError {
        return .failure(error.status == 413 ? "RequestEntityTooLarge" : "ValueError")
    } catch {
        return .failure("Exception")
    }
}

private func describe(_ name: String, _ file: UploadedFile) throws -> CaseValue {
    .object([
        ("body", .string(Data(try file.bytes()).base64EncodedString())), ("content_type", .text(file.contentType)),
        ("filename", .string(file.filename)),
        ("headers", .array(file.headers.map { .array([.string($0.name.rawName), .string($0.value)]) })),
        ("name", .string(name)),
    ])
}
