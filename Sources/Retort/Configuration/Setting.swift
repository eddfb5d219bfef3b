// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer
import RetortWire

/// One key of Retort's settings: its name, what it is for, how a text becomes its value and back.
struct Setting: Sendable {
    let key: String

    /// One line for the command `config`.
    let summary: String

    /// What a value must be, as the end of a sentence.
    let form: String

    var isSecret = false

    /// Puts a value in its place; answers false when it is not what the key takes.
    let apply: @Sendable (ConfigurationText, inout Settings) -> Bool

    /// The value as text; nil when there is none.
    let show: @Sendable (Settings) -> String?

    /// A value of any type that has no limits.
    static func value<Value: ConfigurationValue>(
        _ key: String, _ path: any WritableKeyPath<Settings, Value> & Sendable, _ summary: String
    ) -> Setting {
        Setting(
            key: key, summary: summary, form: Value.configurationForm,
            apply: { text, settings in
                guard let value = Value(configurationText: text.text) else { return false }
                settings[keyPath: path] = value
                return true
            },
            show: { "\($0[keyPath: path])" })
    }

    /// A value that may be absent.
    ///
    /// An empty text removes it.
    static func optional<Value: ConfigurationValue>(
        _ key: String, _ path: any WritableKeyPath<Settings, Value?> & Sendable, _ summary: String
    ) -> Setting {
        Setting(
            key: key, summary: summary, form: Value.configurationForm,
            apply: { text, settings in
                let value = Value(configurationText: text.text)
                guard value != nil || text.text.isEmpty else { return false }
                settings[keyPath: path] = text.text.isEmpty ? nil : value
                return true
            },
            show: { settings in settings[keyPath: path].map { "\($0)" } })
    }

    /// A whole number in a range.
    static func count(
        _ key: String, _ path: any WritableKeyPath<Settings, Int> & Sendable, in range: ClosedRange<Int> = 0...(.max),
        _ summary: String
    ) -> Setting {
        Setting(
            key: key, summary: summary, form: form(range),
            apply: { text, settings in
                guard let value = Int(configurationText: text.text), range.contains(value) else { return false }
                settings[keyPath: path] = value
                return true
            },
            show: { "\($0[keyPath: path])" })
    }

    /// A number of bytes.
    static func bytes(
        _ key: String, _ path: any WritableKeyPath<Settings, Int> & Sendable, _ summary: String
    ) -> Setting {
        Setting(
            key: key, summary: summary, form: ByteCount.configurationForm,
            apply: { text, settings in
                guard let value = ByteCount(configurationText: text.text) else { return false }
                settings[keyPath: path] = value.bytes
                return true
            },
            show: { ByteCount($0[keyPath: path]).description })
    }

    /// A time.
    static func time(
        _ key: String, _ path: any WritableKeyPath<Settings, Duration> & Sendable, _ summary: String
    ) -> Setting {
        Setting(
            key: key, summary: summary, form: Duration.configurationForm,
            apply: { text, settings in
                guard let value = Duration(configurationText: text.text) else { return false }
                settings[keyPath: path] = value
                return true
            },
            show: { $0[keyPath: path].configurationText })
    }

    static func form(_ range: ClosedRange<Int>) -> String {
        range.upperBound == .max
            ? "a whole number from \(range.lowerBound) up"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}

extension Settings {
    /// The host of the first TCP address.
    var host: String {
        get { tcp.host }
        set { server.addresses = [.tcp(host: newValue, port: port)] }
    }

    /// The port of the first TCP address.
    var port: Int {
        get { tcp.port }
        set { server.addresses = [.tcp(host: host, port: newValue)] }
    }

    /// The path of the first Unix domain socket.
    var unixPath: String? {
        get {
            for case .unix(let path) in server.addresses { return path }
            return nil
        }
        set {
            if let newValue {
                server.addresses = [.unix(path: newValue)]
            } else {
                server.addresses = [.tcp(host: host, port: port)]
            }
        }
    }

    private var tcp: (host: String, port: Int) {
        for case .tcp(let host, let port) in server.addresses { return (host, port) }
        return ("127.0.0.1", 8000)
    }

    /// The number of event loops.
    var workers: Int? {
        get { server.workers }
        set { server.workers = newValue }
    }
}
