// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// A header of every kind that the library reads.
@Sendable func fuzzHeaders(_ input: [UInt8]) {
    let text = String(decoding: input, as: UTF8.self)
    checkHeader(AcceptedMediaTypes.self, text)
    checkHeader(AcceptedLanguages.self, text)
    checkHeader(AcceptedEncodings.self, text)
    checkHeader(AcceptedCharsets.self, text)
    checkHeader(OptionsHeader.self, text)
    checkHeader(HeaderParameters.self, text)
    checkHeader(HeaderSet.self, text)
    checkHeader(RequestCacheControl.self, text)
    checkHeader(ResponseCacheControl.self, text)
    checkHeader(ContentSecurityPolicy.self, text)
    checkHeader(ContentDisposition.self, text)
    checkHeader(PermissionsPolicy.self, text)
    checkHeader(StrictTransportSecurity.self, text)
    checkHeader(Priority.self, text)
    checkHeader(Vary.self, text)
    checkHeader(Authorization.self, text)
    checkHeader(WWWAuthenticate.self, text)
    checkHeader(ETag.self, text)
    checkHeader(ETagSet.self, text)
    checkHeader(IfRange.self, text)
    checkHeader(RangeRequest.self, text)
    checkHeader(ContentRange.self, text)
    checkHeader(HTTPDate.self, text)
    checkHeader(CrossOriginOpenerPolicy.self, text)
    checkAnswers(text)
}

private func checkAnswers(_ text: String) {
    let offers = ["text/html", "application/json", "image/*", text]
    if let best = AcceptedMediaTypes(headerValue: text).best(of: offers) {
        require(offers.contains(best), "an answer that was not offered")
    }
    _ = AcceptedLanguages(headerValue: text).best(of: ["en", "de-AT", text])
    if case .parts(let ranges)? = RangeRequest(headerValue: text)?.resolve(length: 1000) {
        require(ranges.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= 1000 }, "a range outside")
    }
    _ = RangeRequest(headerValue: text)?.resolve(length: .max)
    for element in Forwarded.parse([text]) ?? [] {
        // What is not known is not kept, so that an element may print as nothing.
        let printed = element.description
        let again = Forwarded.parse([printed])?.first?.description ?? ""
        requireEqual(again, printed, "Forwarded printed twice")
        requireOneLine(printed, "Forwarded")
    }
    if let node = ForwardedNode(text) {
        requireEqual(ForwardedNode(node.description), node, "node written and read again")
    }
    if let type = MediaType(text) {
        requireEqual(MediaType(type.description), type, "media type written and read again")
        requireOneLine(type.description, "Content-Type")
    }
    if let length = declaredBodyLength(contentLength: text) { require(length >= 0, "a length below 0") }
}

/// Parses a header, prints it, parses and prints it again.
///
/// Each print must be one line that parses. Control characters become spaces when they are printed and are trimmed
/// when they are parsed, so only the second print must be the last word.
func checkHeader<Value: HeaderValue>(_ type: Value.Type, _ text: String) {
    guard let first = reprinted(type, text), let second = reprinted(type, first) else { return }
    if let third = reprinted(type, second) {
        requireEqual(Array(third.utf8), Array(second.utf8), "\(type) printed again")
    }
}

private func reprinted<Value: HeaderValue>(_ type: Value.Type, _ text: String) -> String? {
    guard let value = Value(headerValue: text) else { return nil }
    let printed = value.headerValue
    requireOneLine(printed, "\(type)")
    // A value without anything in it may print as nothing, which some headers refuse.
    require(
        printed.isEmpty || Value(headerValue: printed) != nil,
        "\(type): printed but not parsed: \(printed.debugDescription)")
    return printed
}

/// Stops when a text would end the line of its header.
func requireOneLine(_ text: String, _ what: String) {
    require(
        !text.utf8.contains { $0 == 0 || $0 == 10 || $0 == 13 }, "\(what) breaks its line: \(text.debugDescription)")
}
