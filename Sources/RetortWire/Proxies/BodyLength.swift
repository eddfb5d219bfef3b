// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The length of a body as a gateway in front of the application declares it.
///
/// This is for requests whose framing was checked before: it is lenient, and a malformed length counts as no body. A
/// server that reads from the socket itself must refuse such a request instead.
///
/// - Parameters:
///   - contentLength: The value of the `Content-Length` header.
///   - transferEncoding: The value of the `Transfer-Encoding` header.
/// - Returns: The length in bytes, 0 where it is negative or no number, and nil where the body is a stream whose
///   length is not known. A length beyond `Int` is `Int.max`.
public func declaredBodyLength(contentLength: String?, transferEncoding: String? = nil) -> Int? {
    guard let contentLength, transferEncoding.map(isChunked) != true else { return nil }
    let digits = contentLength[...].trimmingHTTPWhitespace.utf8
    guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return 0 }
    var length = 0
    for byte in digits {
        let (product, overflow) = length.multipliedReportingOverflow(by: 10)
        let (sum, sumOverflow) = product.addingReportingOverflow(Int(byte & 15))
        if overflow || sumOverflow { return Int.max }
        length = sum
    }
    return length
}

private func isChunked(_ transferEncoding: String) -> Bool {
    ListValue.items(transferEncoding).contains { $0.equalsIgnoringASCIICase("chunked") }
}
