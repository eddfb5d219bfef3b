// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer
import RetortWire

/// What the browser says about the page that a request comes from.
enum CSRFOriginVerdict: Equatable {
    /// A page of the same origin.
    case sameOrigin

    /// The browser does not say, or it is a page that may send requests. The token decides.
    case open

    /// A page of another site.
    case refused(String)

    /// Judges a request by headers that pages cannot forge.
    ///
    /// `Sec-Fetch-Site` is asked first: it is right behind every proxy. Older browsers send `Origin` or `Referer`,
    /// which have to agree with the address that the app is reached under.
    ///
    /// Source: Fetch Metadata, W3C, §2.2; OWASP Cross-Site Request Forgery Prevention.
    init(_ request: Request, trusted: OriginList) {
        let sent = request.header(.origin)
        let isTrusted = sent.flatMap { WebOrigin($0) }.map { trusted.contains($0) } ?? false
        switch request.header(.secFetchSite) {
        case "same-origin": self = .sameOrigin
        case "none": self = .open
        case "same-site", "cross-site": self = isTrusted ? .open : Self.other(sent ?? "another site")
        default:
            let own = WebOrigin(of: request)
            if let sent {
                let page = WebOrigin(sent)
                self = isTrusted || page != nil && page == own ? .open : Self.other(sent)
            } else if let referer = request.header(.referer) {
                guard let page = WebOrigin(ofURL: referer), page == own || trusted.contains(page) else {
                    self = Self.other(referer)
                    return
                }
                self = .open
            } else {
                self = .open
            }
        }
    }

    private static func other(_ page: String) -> CSRFOriginVerdict { .refused(page) }
}
