// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The type of a value, as `value.__class__` gives it outside of sandboxes.
final class ClassObject: TemplateObject {
    private let name: String

    init(of value: TemplateValue) { name = value.typeName }

    var typeName: String { "type" }
    var text: String { "<class '\(name == "Markup" ? "markupsafe.Markup" : name)'>" }

    func attribute(_ name: String) -> TemplateValue? { name == "__name__" ? .string(self.name) : nil }

    func isEqual(to other: TemplateValue) -> Bool? {
        guard case .object(let object) = other, let other = object as? ClassObject else { return false }
        return name == other.name
    }
}
