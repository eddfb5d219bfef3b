// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension URLReference {
    /// Resolves a reference against this URL, as a browser does with a link on a page.
    ///
    /// - Parameter reference: The reference, which may be a whole URL.
    /// - Returns: The target. It is absolute when this URL is.
    ///
    /// Source: RFC 3986 §5.2.
    public func resolving(_ reference: URLReference) -> URLReference {
        var target = reference
        target.path = reference.path.removingDotSegments
        guard reference.scheme == nil else { return target }
        target.scheme = scheme
        guard reference.host == nil else { return target }
        target.userinfo = userinfo
        target.host = host
        target.port = port
        if reference.path.isEmpty {
            target.path = path
            target.query = reference.query ?? query
        } else if reference.path.utf8.first != UInt8(ascii: "/") {
            target.path = merging(reference.path).removingDotSegments
        }
        return target
    }

    /// Resolves the text of a reference against this URL.
    ///
    /// - Parameter text: The reference, which may be a whole URL.
    /// - Returns: The target. It is absolute when this URL is.
    /// - Throws: ``WireError`` with `.invalidURL` when the text is no reference.
    ///
    /// Source: RFC 3986 §5.2.
    public func resolving(_ text: String) throws -> URLReference { resolving(try URLReference(text)) }

    /// The relative path behind the last slash of this path.
    ///
    /// Source: RFC 3986 §5.2.3.
    private func merging(_ relative: String) -> String {
        if host != nil, path.isEmpty { return "/" + relative }
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return relative }
        return String(path[...slash]) + relative
    }
}

extension String {
    /// The path without its segments `.` and `..`.
    ///
    /// Takes time linear in the path. Source: RFC 3986 §5.2.4.
    var removingDotSegments: String {
        // Splitting at each slash makes the absolute path begin with an empty segment, which nothing may remove.
        let segments = utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isAbsolute = utf8.first == UInt8(ascii: "/")
        let floor = isAbsolute ? 1 : 0
        var kept: [Substring.UTF8View] = []
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            let isDot = segment.elementsEqual(".".utf8)
            let isParent = segment.elementsEqual("..".utf8)
            if isParent, kept.count > floor { kept.removeLast() }
            guard isDot || isParent else {
                kept.append(segment)
                continue
            }
            // A path that ends in a dot segment names a folder.
            if isLast, !kept.isEmpty { kept.append("".utf8[...]) }
        }
        return kept.lazy.map { String(Substring($0)) }.joined(separator: "/")
    }
}
