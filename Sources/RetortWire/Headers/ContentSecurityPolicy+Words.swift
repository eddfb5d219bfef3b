// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ContentSecurityPolicy {
    /// The name of a directive.
    ///
    /// An open set.
    public struct Directive: Hashable, Sendable {
        /// The name in lower case.
        public let name: String

        /// Creates a directive.
        ///
        /// - Parameter name: The name, such as `script-src`.
        public init(_ name: String) { self.name = name.asciiLowercased }

        /// Whether the directive has a meaning without a value.
        var standsAlone: Bool {
            self == .upgradeInsecureRequests || self == .sandbox || self == .blockAllMixedContent
        }

        /// `default-src`: for every kind that has no directive of its own.
        public static let defaultSources = Directive("default-src")
        /// `script-src`.
        public static let scriptSources = Directive("script-src")
        /// `script-src-elem`: script elements only.
        public static let scriptElementSources = Directive("script-src-elem")
        /// `script-src-attr`: event handler attributes only.
        public static let scriptAttributeSources = Directive("script-src-attr")
        /// `style-src`.
        public static let styleSources = Directive("style-src")
        /// `style-src-elem`: style elements only.
        public static let styleElementSources = Directive("style-src-elem")
        /// `style-src-attr`: style attributes only.
        public static let styleAttributeSources = Directive("style-src-attr")
        /// `img-src`.
        public static let imageSources = Directive("img-src")
        /// `font-src`.
        public static let fontSources = Directive("font-src")
        /// `connect-src`: fetch, WebSocket, EventSource.
        public static let connectSources = Directive("connect-src")
        /// `media-src`: audio and video.
        public static let mediaSources = Directive("media-src")
        /// `object-src`: plug-ins.
        public static let objectSources = Directive("object-src")
        /// `frame-src`: what the page may embed.
        public static let frameSources = Directive("frame-src")
        /// `child-src`: frames and workers.
        public static let childSources = Directive("child-src")
        /// `worker-src`.
        public static let workerSources = Directive("worker-src")
        /// `manifest-src`.
        public static let manifestSources = Directive("manifest-src")
        /// `base-uri`: what the base element may say.
        public static let baseURI = Directive("base-uri")
        /// `form-action`: where forms may be sent.
        public static let formAction = Directive("form-action")
        /// `frame-ancestors`: who may embed the page.
        public static let frameAncestors = Directive("frame-ancestors")
        /// `sandbox`.
        public static let sandbox = Directive("sandbox")
        /// `report-to`: the name of a reporting endpoint.
        public static let reportTo = Directive("report-to")
        /// `report-uri`: where reports are sent; older than `report-to`.
        public static let reportURI = Directive("report-uri")
        /// `require-trusted-types-for`.
        public static let requireTrustedTypes = Directive("require-trusted-types-for")
        /// `trusted-types`.
        public static let trustedTypes = Directive("trusted-types")
        /// `upgrade-insecure-requests`, which stands alone.
        public static let upgradeInsecureRequests = Directive("upgrade-insecure-requests")
        /// `block-all-mixed-content`, which stands alone and is no longer needed.
        public static let blockAllMixedContent = Directive("block-all-mixed-content")
    }

    /// A place that something may come from, or a keyword.
    public struct Source: Hashable, Sendable, ExpressibleByStringLiteral {
        /// The source as it is written, keywords with their single quotes.
        public let text: String

        /// Creates a source from its text.
        ///
        /// - Parameter text: A host, a scheme with its colon, or a keyword in single quotes. Semicolons, commas and
        ///   spaces are percent-encoded, so that the text cannot add another directive or policy.
        public init(_ text: String) { self.text = Self.escaped(text, space: false) }

        /// Creates a source from its text.
        ///
        /// - Parameter value: As for ``init(_:)``.
        public init(stringLiteral value: String) { self.init(value) }

        /// `'self'`: the scheme, host and port of the page.
        public static let sameOrigin = Source("'self'")
        /// `'none'`: nothing, where it is alone.
        public static let none = Source("'none'")
        /// `*`: every host.
        public static let any = Source("*")
        /// `'unsafe-inline'`: whatever stands in the page, which makes the policy weak.
        public static let unsafeInline = Source("'unsafe-inline'")
        /// `'unsafe-eval'`: text that is run as a script, which makes the policy weak.
        public static let unsafeEval = Source("'unsafe-eval'")
        /// `'wasm-unsafe-eval'`: WebAssembly only.
        public static let webAssembly = Source("'wasm-unsafe-eval'")
        /// `'unsafe-hashes'`: hashes count for attributes too.
        public static let unsafeHashes = Source("'unsafe-hashes'")
        /// `'strict-dynamic'`: what an allowed script loads is allowed.
        public static let strictDynamic = Source("'strict-dynamic'")
        /// `'report-sample'`: reports show the beginning of what was blocked.
        public static let reportSample = Source("'report-sample'")
        /// `data:`.
        public static let data = Source("data:")
        /// `blob:`.
        public static let blob = Source("blob:")
        /// `https:`.
        public static let https = Source("https:")

        /// The place of a nonce that is made for each response.
        ///
        /// ``ContentSecurityPolicy/headerValue(nonce:)`` puts it in.
        public static let nonceOfRequest = Source("'nonce-{request}'")

        /// What carries this nonce.
        ///
        /// - Parameter nonce: Unguessable text in base64, new for each response.
        /// - Returns: The source.
        public static func nonce(_ nonce: String) -> Source { Source("'nonce-\(nonce)'") }

        /// What has this SHA-256 hash.
        ///
        /// - Parameter base64: The hash in base64.
        /// - Returns: The source.
        public static func sha256(_ base64: String) -> Source { Source("'sha256-\(base64)'") }

        static func escaped(_ text: String, space: Bool) -> String {
            let isPlain: (UInt8) -> Bool = {
                $0 > 0x20 && $0 != 0x7F && $0 != 0x3B && $0 != 0x2C || (space && $0 == 0x20)
            }
            guard !text.utf8.allSatisfy(isPlain) else { return text }
            let pieces = text.utf8.map { byte -> [UInt8] in
                isPlain(byte) ? [byte] : Array(PercentCoding.encode(CollectionOfOne(byte)).utf8)
            }
            return String(decoding: pieces.joined(), as: UTF8.self)
        }
    }
}
