// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Options that every command takes, wherever they stand before `--`: `--config FILE` and `--set KEY=VALUE`.
///
/// They are read ahead of everything else, because an app may ask for its configuration before a command runs.
struct GlobalArguments {
    /// The configuration file.
    private(set) var file: String?

    /// Keys and values in their order.
    private(set) var settings: [(key: String, value: String)] = []

    /// The values of the app's own options by their keys, in their order.
    private(set) var lists: [String: [String]] = [:]

    /// The other arguments.
    private(set) var rest: [String] = []

    /// What is wrong with these options.
    private(set) var problem: String?

    private let options: [ConfigurationOption]

    init(_ arguments: [String], _ options: [ConfigurationOption] = []) {
        self.options = options
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            index += 1
            if argument == "--" {
                rest += arguments[(index - 1)...]
                return
            }
            guard let (name, attached) = split(argument) else {
                rest.append(argument)
                continue
            }
            guard let value = attached ?? (index < arguments.count ? arguments[index] : nil) else {
                problem = "The option \(name) needs a value."
                return
            }
            if attached == nil { index += 1 }
            take(name, value)
        }
    }

    private mutating func take(_ name: String, _ value: String) {
        if let option = options.first(where: { $0.name == name }) {
            lists[option.key, default: []].append(value)
            return
        }
        guard name == "--set" else {
            file = value
            return
        }
        let parts = value.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            problem = "The option --set takes KEY=VALUE, such as --set server.workers=2."
            return
        }
        settings.append((String(Substring(parts[0])), String(Substring(parts[1]))))
    }

    /// The option's name and what is attached to it behind `=`; nil for other arguments.
    private func split(_ argument: String) -> (name: String, value: String?)? {
        for name in ["--config", "--set"] + options.map(\.name) where argument.utf8.starts(with: name.utf8) {
            let rest = argument.utf8.dropFirst(name.utf8.count)
            if rest.isEmpty { return (name, nil) }
            if rest.first == UInt8(ascii: "=") { return (name, String(Substring(rest.dropFirst()))) }
        }
        return nil
    }
}
