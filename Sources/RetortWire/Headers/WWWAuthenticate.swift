// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a server asks a client to prove, in `WWW-Authenticate` or `Proxy-Authenticate`.
///
/// Source: RFC 9110 §11.6.1.
public struct WWWAuthenticate: HeaderValue, Hashable {
    /// One way to prove who one is: a scheme with a token or with parameters.
    public struct Challenge: Hashable, Sendable {
        /// The scheme as it is spelled, such as `Basic`.
        public var scheme: String

        /// The token, where the scheme has one instead of parameters.
        public var token: String?

        /// The parameters.
        public var parameters: HeaderParameters

        /// Creates a challenge.
        ///
        /// - Parameters:
        ///   - scheme: The scheme.
        ///   - token: The token, where the scheme has one instead of parameters.
        ///   - parameters: The parameters.
        public init(scheme: String, token: String? = nil, parameters: HeaderParameters = [:]) {
            self.scheme = scheme
            self.token = token
            self.parameters = parameters
        }

        /// The name of the space that is protected, shown to the user.
        public var realm: String? { parameters["realm"] }

        /// Asks for a name and a password, in UTF-8.
        ///
        /// - Parameter realm: The name of the space that is protected.
        /// - Returns: The challenge.
        ///
        /// Source: RFC 7617 §2.
        public static func basic(realm: String) -> Challenge {
            Challenge(scheme: "Basic", parameters: ["realm": realm, "charset": "UTF-8"])
        }

        /// Asks for a bearer token.
        ///
        /// - Parameters:
        ///   - realm: The name of the space that is protected.
        ///   - error: Why the token was not accepted, such as `invalid_token`.
        ///   - scope: The scope that is needed.
        /// - Returns: The challenge.
        ///
        /// Source: RFC 6750 §3.
        public static func bearer(realm: String? = nil, error: String? = nil, scope: String? = nil) -> Challenge {
            var parameters = HeaderParameters()
            parameters["realm"] = realm
            parameters["error"] = error
            parameters["scope"] = scope
            return Challenge(scheme: "Bearer", parameters: parameters)
        }

        var text: String {
            let name = HeaderText.printable(scheme)
            if let token { return name + " " + HeaderText.printable(token) }
            if parameters.isEmpty { return name }
            return name + " " + AuthenticationScheme.text(of: parameters, scheme: scheme, isChallenge: true)
        }
    }

    /// The challenges, of which the client takes the one that it likes best.
    public var challenges: [Challenge]

    /// Creates a list of challenges.
    ///
    /// - Parameter challenges: The challenges.
    public init(_ challenges: [Challenge]) { self.challenges = challenges }

    /// The first challenge of a scheme.
    ///
    /// - Parameter scheme: The scheme, compared without regard to ASCII case.
    public subscript(scheme: String) -> Challenge? {
        challenges.first { $0.scheme.equalsIgnoringASCIICase(scheme) }
    }

    /// Parses challenges, or returns nil where there is none.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard let slice = headerValue.fieldSlice() else { return nil }
        challenges = []
        var parameters: [HeaderParameters.Element] = []
        for item in HeaderText.items(of: slice) {
            if let (scheme, rest) = Self.schemeAndRest(item) {
                finish(&parameters)
                challenges.append(Challenge(scheme: scheme.fieldText))
                guard !rest.isEmpty else { continue }
                if Authorization.hasParameters(rest) {
                    parameters.append(Self.parameter(rest))
                } else {
                    challenges[challenges.count - 1].token = rest.fieldText
                }
            } else if !challenges.isEmpty {
                parameters.append(Self.parameter(item))
            }
        }
        finish(&parameters)
        guard !challenges.isEmpty else { return nil }
    }

    /// The challenges, separated by commas.
    public var headerValue: String { challenges.map(\.text).joined(separator: ", ") }

    private mutating func finish(_ parameters: inout [HeaderParameters.Element]) {
        if !parameters.isEmpty { challenges[challenges.count - 1].parameters = HeaderParameters(parameters) }
        parameters = []
    }

    /// The scheme that begins a challenge and what stands behind it, or nil where the item is a parameter.
    ///
    /// A parameter has an `=` behind its first word, perhaps after space.
    private static func schemeAndRest(_ item: FieldSlice) -> (FieldSlice, FieldSlice)? {
        let end = item.firstIndex { !$0.isTokenByte } ?? item.endIndex
        guard end > item.startIndex else { return nil }
        let rest = item[end...].fieldTrimmed
        guard rest.isEmpty || (item[end].isHTTPWhitespace && rest.first != UInt8(ascii: "=")) else { return nil }
        return (item[..<end], rest)
    }

    private static func parameter(_ item: FieldSlice) -> HeaderParameters.Element {
        let (name, value) = item.fieldSplit(UInt8(ascii: "="))
        return HeaderParameters.Element(
            name: name.fieldTrimmed.fieldText, value: value.map { HeaderText.unquoted($0.fieldTrimmed).fieldText })
    }
}

extension WWWAuthenticate: ExpressibleByArrayLiteral {
    /// Creates a list from a literal.
    ///
    /// - Parameter elements: The challenges.
    public init(arrayLiteral elements: Challenge...) { self.init(elements) }
}
