// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import RetortServer
import RetortWire

/// All keys of Retort's own settings.
enum SettingTable {
    static let all: [Setting] = listening + limits + general + sessions + files

    private static let byKey = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// The words before the dots, which belong to Retort.
    static let groups = Set(all.compactMap { group(of: $0.key) })

    /// Names of things that are no settings but are read from the same places.
    private static let others: Set<String> = ["config"]

    /// Whether a key is one of Retort's.
    static func isOwn(_ key: String) -> Bool { byKey[key] != nil || others.contains(key) }

    /// Whether a variable sets one of Retort's keys.
    static func isOwnVariable(_ name: String, prefix: String) -> Bool {
        let start = VariableName.join(prefix, "")
        guard name.utf8.starts(with: start.utf8) else { return false }
        return variables.contains(String(name.utf8.dropFirst(start.utf8.count)) ?? "")
    }

    private static let variables = Set((all.map(\.key) + others).map(VariableName.encode))

    /// Whether the value of a key, of Retort or of the app, must not be shown.
    static func isSecret(_ key: String) -> Bool { byKey[key]?.isSecret ?? SecretNames.contains(key) }

    /// The part of a key before its first dot; nil when there is no dot.
    static func group(of key: String) -> Substring? {
        key.utf8.firstIndex(of: UInt8(ascii: ".")).map { key[..<$0] }
    }

    private static let listening: [Setting] = [
        .value("server.host", \.host, "Name or address to listen on; 0.0.0.0 for every one of the machine."),
        .count("server.port", \.port, in: 0...65_535, "TCP port to listen on; 0 for one that is free."),
        .optional("server.unix", \.unixPath, "Path of a Unix domain socket to listen on instead of a port."),
        Setting(
            key: "server.workers", summary: "Event loops, each a thread; auto for one for each core.",
            form: "auto or a whole number from 1 to 1024",
            apply: { text, settings in
                if text.text.equalsIgnoringASCIICase("auto") {
                    settings.workers = nil
                    return true
                }
                guard let count = Int(configurationText: text.text), 1...1_024 ~= count else { return false }
                settings.workers = count
                return true
            },
            show: { $0.workers.map { "\($0)" } ?? "auto" }),
        .count("server.backlog", \.server.backlog, in: 1...65_535, "Connections that wait to be accepted."),
        .time("server.grace_period", \.server.gracePeriod, "How long requests may take once the server stops."),
        .optional("server.name", \.serverName, "Domain that subdomains belong to, such as example.com."),
    ]

    private static let limits: [Setting] = [
        .bytes("limits.body", \.server.limits.bodyBytes, "Most bytes of a request's body: 413."),
        .bytes("limits.request_line", \.server.limits.head.requestLine, "Most bytes of a request line: 414."),
        .bytes("limits.header_bytes", \.server.limits.head.headerBytes, "Most bytes of all headers: 431."),
        .count("limits.header_count", \.server.limits.head.headerCount, in: 1...10_000, "Most headers: 431."),
        .time("limits.head_time", \.server.limits.headTime, "Longest time for a request's head to arrive: 408."),
        .time("limits.body_pause", \.server.limits.bodyPause, "Longest pause in a request's body: 408."),
        .count("limits.body_rate", \.server.limits.bodyRate, "Least bytes per second of a long body: 408."),
        .time("limits.idle_time", \.server.limits.idleTime, "How long a connection may wait for a request."),
        .time("limits.write_pause", \.server.limits.writePause, "How long a client may read nothing of a response."),
        .count("limits.connections", \.server.limits.connections, in: 1...(.max), "Most connections at a time: 503."),
        .count(
            "limits.requests_in_flight", \.server.limits.requestsInFlight, in: 1...(.max),
            "Most handlers at work at a time: 503."),
        .count(
            "limits.requests_per_connection", \.server.limits.requestsPerConnection, in: 1...(.max),
            "Most requests over one connection."),
        .bytes(
            "limits.websocket_message", \.server.limits.webSocketMessageBytes, "Most bytes of a WebSocket message."),
        .time("limits.websocket_ping", \.server.limits.webSocketPing, "Pause after which an idle WebSocket is pinged."),
        .count("limits.form_parts", \.forms.parts, "Most parts of a multipart form: 413."),
        .count("limits.form_fields", \.forms.fields, "Most fields of a form: 413."),
        .count("limits.form_files", \.forms.files, "Most files of a form: 413."),
        .bytes("limits.form_memory", \.forms.fieldBytes, "Most bytes of all fields of a form: 413."),
    ]

    private static let general: [Setting] = [
        .value("debug", \.isDebug, "Whether error pages tell how the app works inside. Never on a public server."),
        Setting(
            key: "log.level", summary: "Least important level that is logged.",
            form: Words.choice(Logger.Level.allCases.map(\.rawValue)),
            apply: { text, settings in
                guard let level = Logger.Level(rawValue: text.text.asciiLowercased) else { return false }
                settings.logLevel = level
                return true
            },
            show: { $0.logLevel?.rawValue }),
        secret(
            "secret_key", "Signs and seals cookies and tokens: 32 random bytes or more, as text.",
            form: "a text that is not empty",
            apply: { text, settings in
                settings.secretKey = Secret(configurationText: text.text)
                return settings.secretKey != nil
            },
            show: { $0.secretKey == nil ? nil : Secret.mask }),
        secret(
            "secret_key_fallbacks", "Older secret keys that are still believed, oldest first.",
            form: "texts with commas between them",
            apply: { text, settings in
                settings.secretKeyFallbacks = text.elements.map { Secret($0) }
                return true
            },
            show: {
                $0.secretKeyFallbacks.isEmpty ? nil : $0.secretKeyFallbacks.map(\.description).joined(separator: ", ")
            }),
        Setting(
            key: "trusted_hosts", summary: "Hosts that the app answers for; .example.com with all below it.",
            form: "host names with commas between them, such as example.com, .example.org",
            apply: { text, settings in
                settings.trustedHosts = text.elements
                return (try? TrustedHosts(text.elements)) != nil
            },
            show: { $0.trustedHosts.isEmpty ? nil : $0.trustedHosts.joined(separator: ", ") }),
        .count("proxies.for", \.proxies.for, in: 0...100, "Proxies that append to X-Forwarded-For."),
        .count("proxies.proto", \.proxies.proto, in: 0...100, "Proxies that append to X-Forwarded-Proto."),
        .count("proxies.host", \.proxies.host, in: 0...100, "Proxies that append to X-Forwarded-Host."),
        .count("proxies.port", \.proxies.port, in: 0...100, "Proxies that append to X-Forwarded-Port."),
        .count("proxies.prefix", \.proxies.prefix, in: 0...100, "Proxies that append to X-Forwarded-Prefix."),
        .count("proxies.forwarded", \.proxies.forwarded, in: 0...100, "Proxies that append to Forwarded."),
    ]

    private static let sessions: [Setting] = [
        .value("session.cookie_name", \.session.cookieName, "Name of the session's cookie."),
        .optional("session.cookie_domain", \.session.domain, "Host with whose subdomains the cookie is shared."),
        .value("session.cookie_path", \.session.path, "Path that the cookie is for."),
        .value("session.cookie_secure", \.session.security, "Cookie for HTTPS only; automatic: as the request."),
        .value("session.cookie_http_only", \.session.isHTTPOnly, "Hides the cookie from scripts."),
        .optional("session.cookie_same_site", \.session.sameSite, "With which other sites' requests it is sent."),
        .value("session.cookie_partitioned", \.session.isPartitioned, "A cookie of its own for each embedder."),
        .time("session.lifetime", \.session.lifetime, "How long a permanent session lasts."),
        .value("session.refresh", \.session.refreshesEachRequest, "Each response starts that time again."),
    ]

    private static let files: [Setting] = [
        Setting(
            key: "static.max_age", summary: "How long browsers keep static files without asking; empty: not at all.",
            form: Duration.configurationForm,
            apply: { text, settings in
                let age = Duration(configurationText: text.text)
                settings.staticMaxAge = age
                return age != nil || text.text.isEmpty
            },
            show: { $0.staticMaxAge?.configurationText })
    ]

    private static func secret(
        _ key: String, _ summary: String, form: String,
        apply: @escaping @Sendable (ConfigurationText, inout Settings) -> Bool,
        show: @escaping @Sendable (Settings) -> String?
    ) -> Setting {
        Setting(key: key, summary: summary, form: form, isSecret: true, apply: apply, show: show)
    }
}
