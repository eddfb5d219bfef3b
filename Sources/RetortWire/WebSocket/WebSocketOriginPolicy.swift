// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Which pages may open a WebSocket.
///
/// A browser sends cookies with a handshake to any server, from any page, and asks no permission. Without a check
/// another site could speak in the name of its visitor. Programs that are not browsers send no `Origin`, and every
/// policy lets them in.
///
/// Source: RFC 6455 §10.2.
public enum WebSocketOriginPolicy: Hashable, Sendable {
    /// Pages of the host and port that the request is for. The default.
    ///
    /// The scheme is not compared, because behind a proxy the server does not see it.
    case sameHost
    /// Pages of these origins, each as a browser writes it: `https://example.com`, with a port only where it is not
    /// the usual one.
    case allowed([String])
    /// Pages of any origin. Right only where cookies and addresses open no doors.
    case any

    /// Decides about one request.
    ///
    /// - Parameters:
    ///   - origin: The value of `Origin`, or nil when there is none.
    ///   - authority: The value of `Host`, or nil when there is none.
    /// - Returns: Whether the handshake may go on.
    public func permits(origin: String?, authority: String?) -> Bool {
        guard let origin else { return true }
        switch self {
        case .any: return true
        case .allowed(let origins): return origins.contains { $0.equalsIgnoringASCIICase(origin) }
        case .sameHost:
            guard let authority, let page = Self.split(origin) else { return false }
            let host = Self.withoutPort(Array(authority.utf8), usual: page.usualPort)
            let other = Self.withoutPort(page.authority, usual: page.usualPort)
            return !host.isEmpty && host.elementsEqual(other) { $0.asciiLowercased == $1.asciiLowercased }
        }
    }

    /// The authority of an origin, and the port that its scheme implies; nil for `null`, which is no origin.
    private static func split(_ origin: String) -> (authority: [UInt8], usualPort: String)? {
        for (scheme, port) in [("https://", "443"), ("http://", "80")] {
            let prefix = origin.utf8.prefix(scheme.utf8.count)
            guard prefix.elementsEqual(scheme.utf8, by: { $0.asciiLowercased == $1 }) else { continue }
            let authority = Array(origin.utf8.dropFirst(scheme.utf8.count))
            // An origin ends with its authority; a path or a user name means that no browser wrote it.
            guard !authority.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@") }) else {
                return nil
            }
            return (authority, port)
        }
        return nil
    }

    /// Drops the port where it is the usual one, so that both spellings compare equal.
    private static func withoutPort(_ authority: [UInt8], usual: String) -> ArraySlice<UInt8> {
        let suffix = Array((":" + usual).utf8)
        return authority.count > suffix.count && authority.suffix(suffix.count).elementsEqual(suffix)
            ? authority.dropLast(suffix.count) : authority[...]
    }
}
