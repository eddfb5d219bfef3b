// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Gives its values one by one, from the beginning again when it is through.
final class Cycler: TemplateObject {
    private let values: [TemplateValue]
    private let place = Mutex(0)

    init(_ values: [TemplateValue]) { self.values = values }

    var typeName: String { "Cycler" }
    var isTrue: Bool { true }

    func attribute(_ name: String) -> TemplateValue? {
        switch name {
        case "current": values[place.withLock { $0 }]
        case "next":
            .function(
                TemplateFunction("next") { [self] _ in
                    values[
                        place.withLock { place in
                            defer { place = (place + 1) % values.count }
                            return place
                        }]
                })
        case "reset":
            .function(
                TemplateFunction("reset") { [self] _ in
                    place.withLock { $0 = 0 }
                    return .none
                })
        default: nil
        }
    }
}

/// Gives nothing the first time it is called, and its text from then on.
final class Joiner: CallableObject {
    private let text_: String
    private let isUsed = Mutex(false)

    init(_ text: String) { text_ = text }

    var typeName: String { "Joiner" }
    var isTrue: Bool { true }

    func call(_ call: TemplateCall) -> TemplateValue? {
        let wasUsed = isUsed.withLock { used in
            defer { used = true }
            return used
        }
        return .string(wasUsed ? text_ : "")
    }
}

/// Variables that loops and macros can set: `{% set space.name = value %}`.
final class Namespace: TemplateObject {
    private let values: TemplateDict

    init(_ pairs: [(String, TemplateValue)]) { values = TemplateDict(pairs) }

    var typeName: String { "Namespace" }
    var isTrue: Bool { true }
    var text: String { "<Namespace \(TemplateValue.dict(values).representation)>" }

    func attribute(_ name: String) -> TemplateValue? { values[name] }

    func setAttribute(_ name: String, to value: TemplateValue) -> Bool {
        values.change { $0.set(DictKey(text: name), .string(name), value) }
        return true
    }
}
