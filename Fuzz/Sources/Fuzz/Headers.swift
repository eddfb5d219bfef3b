// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// A header of every kind that the library reads.
@Sendable func fuzzHeaders(_ input: [UInt8]) {
    let text = String(decoding: input, as: UTF8.self)
    checkHeader(AcceptedMediaTypes.self, text, isLenient: true)
    checkHeader(AcceptedLanguages.self, text, isLenient: true)
    checkHeader(AcceptedEncodings.self, text, isLenient: true)
    checkHeader(AcceptedCharsets.self, text, isLenient: true)
    checkHeader(OptionsHeader.self, text, isLenient: true)
    checkHeader(HeaderParameters.self, text, isLenient: true)
    checkHeader(HeaderSet.self, text, isLenient: true)
    checkHeader(RequestCacheControl.self, text, isLenient: true)
    checkHeader(ResponseCacheControl.self, text, isLenient: true)
    checkHeader(ContentSecurityPolicy.self, text, isLenient: true)
    checkHeader(ContentDisposition.self, text, isLenient: true)
    checkHeader(PermissionsPolicy.self, text, isLenient: true)
    checkHeader(StrictTransportSecurity.self, text)
    checkHeader(Priority.self, text)
    checkHeader(Vary.self, text, isLenient: true)
    checkHeader(Authorization.self, text, isLenient: true)
    checkHeader(WWWAuthenticate.self, text, isLenient: true)
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
        requireSettled(element.description, "Forwarded") { Forwarded.parse([$0])?.first?.description }
    }
    if let node = ForwardedNode(text) {
        requireEqual(ForwardedNode(node.description), node, "node written and read again")
    }
    if let type = MediaType(text) {
        requireSettled(type.description, "media type") { MediaType($0)?.description }
    }
    if let length = declaredBodyLength(contentLength: text) { require(length >= 0, "a length below 0") }
}

/// Parses a header, prints it, parses and prints it again.
///
/// Each print must be one line. What a strict parser has taken must print as something that it takes again, and the
/// second print must be the last word. A lenient parser takes names with spaces and control characters too, which do
/// not come back as they were.
func checkHeader<Value: HeaderValue>(_ type: Value.Type, _ text: String, isLenient: Bool = false) {
    guard let first = reprinted(type, text) else { return }
    let second = reprinted(type, first)
    if isLenient { return }
    guard let second else { fatalError("\(type): printed but not parsed: \(first.debugDescription)") }
    requireEqual(reprinted(type, second).map { Array($0.utf8) }, Array(second.utf8), "\(type) printed again")
}

private func reprinted<Value: HeaderValue>(_ type: Value.Type, _ text: String) -> String? {
    guard let value = Value(headerValue: text) else { return nil }
    let printed = value.headerValue
    requireOneLine(printed, "\(type)")
    return printed
}

/// Stops when a text, parsed and printed twice more, still changes.
///
/// Control characters and what is not known are dropped by the first print, and quotes by the second.
private func requireSettled(_ first: String, _ what: String, reprint: (String) -> String?) {
    requireOneLine(first, what)
    guard let second = reprint(first) else {
        return require(first.isEmpty, "\(what): printed but not parsed: \(first.debugDescription)")
    }
    requireEqual(reprint(second), second, "\(what) printed again")
}

/// Stops when a text would end the line of its header.
func requireOneLine(_ text: String, _ what: String) {
    require(
        !text.utf8.contains { $0 == 0 || $0 == 10 || $0 == 13 }, "\(what) breaks its line: \(text.debugDescription)")
}
