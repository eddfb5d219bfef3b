// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortWire

/// The headers that tell browsers to be careful with an app's pages.
///
/// Each can be changed or, with nil, left out.
///
///     var headers = SecurityHeaders()
///     headers.contentSecurityPolicy?.add("https://images.example.com", to: .imageSources)
///     app.use(.securityHeaders(headers))
///
/// A header that a handler has set itself stays as it is.
public struct SecurityHeaders: Sendable {
    /// Who may show a page in a frame, for browsers that do not know `frame-ancestors`.
    public enum Framing: String, Sendable {
        /// Nobody.
        case nobody = "DENY"

        /// Pages of the same origin.
        case sameOrigin = "SAMEORIGIN"
    }

    /// Whether browsers must believe the content type instead of guessing another.
    public var forbidsSniffing = true

    /// What links tell of the page that they stand on.
    public var referrerPolicy: ReferrerPolicy? = .strictOriginWhenCrossOrigin

    /// Who may show a page in a frame.
    public var framing: Framing? = .sameOrigin

    /// Whether pages of other origins share a process and `window.opener` with a page.
    public var openerPolicy: CrossOriginOpenerPolicy? = .sameOrigin

    /// What a page may load from other origins without their consent.
    public var embedderPolicy: CrossOriginEmbedderPolicy?

    /// Which other sites may load an answer into their pages, for example as a picture.
    public var resourcePolicy: CrossOriginResourcePolicy? = .sameOrigin

    /// Which abilities of the browser a page and its frames may use.
    public var permissionsPolicy: PermissionsPolicy? = {
        var policy = PermissionsPolicy()
        policy["camera"] = .only([.page])
        policy["microphone"] = .only([.page])
        policy["geolocation"] = .nobody
        policy["payment"] = .nobody
        policy["usb"] = .nobody
        return policy
    }()

    /// How long browsers shall use HTTPS alone.
    ///
    /// It is sent where the request came over HTTPS.
    ///
    /// Behind a proxy that needs `.trustedProxies()`.
    public var transportSecurity: StrictTransportSecurity? = StrictTransportSecurity(maxAge: .seconds(365 * 86_400))

    /// What a page may load and run.
    ///
    /// `ContentSecurityPolicy.Source.nonceOfRequest` stands for the value of ``CSPNonce``.
    public var contentSecurityPolicy: ContentSecurityPolicy? = {
        var policy = ContentSecurityPolicy()
        policy[.defaultSources] = [.sameOrigin]
        policy[.scriptSources] = [.sameOrigin, .nonceOfRequest]
        // Styles in the page are common and do little harm; the pages for errors have them too.
        policy[.styleSources] = [.sameOrigin, .unsafeInline]
        policy[.imageSources] = [.sameOrigin, .data, .blob]
        policy[.objectSources] = [ContentSecurityPolicy.Source.none]
        policy[.baseURI] = [.sameOrigin]
        policy[.formAction] = [.sameOrigin]
        policy[.frameAncestors] = [.sameOrigin]
        return policy
    }()

    /// Whether ``contentSecurityPolicy`` is only watched: browsers report what they would have stopped.
    public var onlyReports = false

    /// Creates the default headers.
    public init() {}
}

extension SecurityHeaders {
    /// The headers that are the same for every answer.
    var fixedFields: [HTTPField] {
        var fields: [HTTPField] = []
        func add(_ name: HTTPField.Name, _ value: String?) {
            if let value, !value.isEmpty { fields.append(HTTPField(name: name, value: value)) }
        }
        add(.xContentTypeOptions, forbidsSniffing ? "nosniff" : nil)
        add(.referrerPolicy, referrerPolicy?.headerValue)
        add(.xFrameOptions, framing?.rawValue)
        add(.crossOriginOpenerPolicy, openerPolicy?.headerValue)
        add(.crossOriginEmbedderPolicy, embedderPolicy?.headerValue)
        add(.crossOriginResourcePolicy, resourcePolicy?.headerValue)
        add(.permissionsPolicy, permissionsPolicy?.headerValue)
        return fields
    }
}
