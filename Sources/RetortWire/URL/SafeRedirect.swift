// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Whether a client may be sent to a URL that came from outside, such as `?next=`.
///
/// A URL is safe when it stays on the same host or names one of the allowed hosts, with `http` or `https`. The check
/// reads the URL the way browsers do: a backslash may be a slash, several slashes begin a host, and control characters
/// are skipped. Whatever is read differently by different programs is not safe.
///
/// - Parameters:
///   - url: The URL or reference. More than 2048 bytes are never safe.
///   - allowedHosts: Other hosts that are safe, with their port if it is not the default, such as `example.com:8080`.
///     Case does not matter. A URL with a user before the host is never safe.
///   - requiringHTTPS: Whether a URL with a scheme must use `https`. A URL that names a host without a scheme is not
///     safe then.
/// - Returns: Whether the client may be sent there.
public func isSafeRedirect(
    to url: String, allowedHosts: some Collection<String> = [], requiringHTTPS: Bool = false
) -> Bool {
    let bytes = Array(url.utf8)
    guard bytes.count <= 2048, !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return false }
    let text = url.trimmingWhitespace
    guard let first = text.unicodeScalars.first, !first.isControlLike else { return false }
    // Browsers read a backslash as a slash in paths, but not in a user's name: both readings must be safe.
    let slashed = String(
        decoding: text.utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }, as: UTF8.self)
    return [text, slashed].allSatisfy {
        isSafeReading($0, allowedHosts: allowedHosts, requiringHTTPS: requiringHTTPS)
    }
}

private func isSafeReading(_ text: String, allowedHosts: some Collection<String>, requiringHTTPS: Bool) -> Bool {
    if text.utf8.starts(with: "///".utf8) { return false }
    let parts = URLParts(text)
    // A scheme without `//`, as in `http:example.com`, is followed by a host to a browser.
    guard let authority = parts.authority else { return parts.scheme == nil }
    let scheme = parts.scheme ?? "http"
    guard scheme == "https" || (scheme == "http" && !requiringHTTPS) else { return false }
    guard !authority.isEmpty, (try? HostSyntax.split(authority[...])) != nil else { return false }
    return allowedHosts.contains { $0.equalsIgnoringASCIICase(authority) }
}

extension String {
    /// The text without white space of any kind at its ends.
    fileprivate var trimmingWhitespace: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is a control, a format character, a private one or none at all.
    fileprivate var isControlLike: Bool {
        switch properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
