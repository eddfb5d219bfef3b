// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortWire

extension TestClient {
    /// Sends a request, and follows the redirects when that is wanted.
    func perform(_ first: TestRequest, follows: Bool) async throws -> TestResponse {
        var request = first
        var history: [TestResponse] = []
        while true {
            var response = try await exchange(request)
            guard follows, let next = try redirected(request, response) else {
                response.history = history
                return response
            }
            guard history.count < redirectLimit else {
                throw TestClientError(
                    .tooManyRedirects,
                    "\(first.subject) was redirected more than \(redirectLimit) times, at last to \(next.url).",
                    response: response)
            }
            history.append(response)
            request = next
        }
    }

    /// Sends one request, and reads the whole answer.
    private func exchange(_ request: TestRequest) async throws -> TestResponse {
        let outgoing = request.outgoing(usesCookies ? cookies : CookieJar(), now: .now)
        let transport = backend.transport(transport)
        let limit = responseLimit
        return try await Unstructured.run(within: deadline, request.subject) {
            let incoming = try await transport.open(outgoing)
            defer { incoming.close() }
            keepCookies(incoming.head, from: request.target)
            var bytes: [UInt8] = []
            while let piece = try await incoming.next() {
                guard piece.readableBytes <= limit - bytes.count else {
                    throw TestClientError(.responseTooLarge, "The answer has more than \(limit) bytes.")
                }
                bytes += piece.readableBytesView
            }
            return TestResponse(incoming.head, bytes: bytes, trailers: incoming.trailers, url: request.url)
        }
    }

    /// The request that a redirect asks for; nil when the answer is none.
    ///
    /// Source: RFC 9110 §15.4.
    private func redirected(_ request: TestRequest, _ response: TestResponse) throws -> TestRequest? {
        guard [301, 302, 303, 307, 308].contains(response.status.code), let location = response.header(.location)
        else { return nil }
        var next = request
        next.url = try request.url.resolving(location)
        next.url.fragment = nil
        guard let host = next.url.host, ["http", "https"].contains(next.url.scheme), isOfApp(host) else {
            throw TestClientError(
                .externalRedirect,
                "\(request.subject) redirects to \(location), which is not this app's. Test the answer itself.",
                response: response)
        }
        // Credentials for one host are no other host's business.
        if host != request.url.host {
            next.auth = nil
            next.headers[.authorization] = nil
        }
        if ![307, 308].contains(response.status.code) {
            if next.method != .head { next.method = .get }
            next.body = nil
            for name in [HTTPField.Name.contentType, .contentLength, .contentEncoding, .transferEncoding, .expect] {
                next.headers[name] = nil
            }
        }
        return next
    }

    /// Whether a host is that of the base, or above or below it: the app may answer for subdomains.
    private func isOfApp(_ host: String) -> Bool {
        guard let base = baseURL.host else { return false }
        return host == base || host.hasSuffix("." + base) || base.hasSuffix("." + host) || backend.owns(host)
    }
}
