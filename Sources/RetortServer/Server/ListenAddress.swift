// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Where a server listens.
public enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// A TCP port of a host name or an IP address. Port 0 lets the system choose a free one.
    case tcp(host: String, port: Int)

    /// A Unix domain socket at a path. A socket that an earlier run left there is replaced.
    case unix(path: String)

    /// The address as a URL.
    public var description: String {
        switch self {
        case .tcp(let host, let port):
            host.utf8.contains(UInt8(ascii: ":")) ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
