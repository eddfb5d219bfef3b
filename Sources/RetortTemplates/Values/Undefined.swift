// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What an environment does where nothing is found under a name.
public enum UndefinedBehavior: Sendable, Hashable {
    /// Prints nothing, loops over nothing, is false; every other use is an error.
    case lenient
    /// As lenient, and its attributes are undefined too.
    case chainable
    /// As lenient, and prints itself as it stands in the template.
    case debug
    /// Every use is an error, but asking whether it is defined.
    case strict
}

/// A value that was not found, and what was looked for.
public final class Undefined: Sendable {
    /// What happens when it is used.
    public let behavior: UndefinedBehavior

    /// The name that was looked for; nil where a sentence says more.
    public let name: String?

    /// What was looked at, as its type is called; nil for a variable.
    let owner: String?
    private let element: String?
    private let hint: String?
    private let isSecurity: Bool

    /// Creates an undefined value.
    ///
    /// - Parameters:
    ///   - name: The name that was looked for.
    ///   - element: The key that was looked for, as it is printed in a list, where it is no text.
    ///   - owner: What was looked at, as its type is called; nil for a variable.
    ///   - hint: A sentence that says why it is undefined.
    ///   - isSecurity: Whether a sandbox hides the value.
    ///   - behavior: What happens when it is used.
    public init(
        name: String? = nil, element: String? = nil, owner: String? = nil, hint: String? = nil,
        isSecurity: Bool = false, behavior: UndefinedBehavior = .lenient
    ) {
        self.name = name
        self.element = element
        self.owner = owner
        self.hint = hint
        self.isSecurity = isSecurity
        self.behavior = behavior
    }

    /// One sentence that says what was not found.
    public var message: String {
        if let hint { return hint }
        guard let owner else { return "'\(name ?? "")' is undefined" }
        if let element { return "\(owner) has no element \(element)" }
        return "'\(owner)' has no attribute '\(name ?? "")'"
    }

    /// The error of a use that is not allowed.
    func error() -> TemplateError { TemplateError(isSecurity ? .security : .undefined, message) }

    /// How it is printed.
    ///
    /// - Throws: ``TemplateError`` with `.undefined` where every use is an error.
    func printed() throws -> String {
        switch behavior {
        case .strict: throw error()
        case .debug:
            if let hint { return "{{ undefined value printed: \(hint) }}" }
            if let owner {
                let key = element ?? TemplateValue.string(name ?? "").representation
                return "{{ no such element: \(owner)[\(key)] }}"
            }
            return "{{ \(name ?? "") }}"
        default: return ""
        }
    }
}

extension String {
    /// Whether the text could be the name of a variable.
    var isIdentifier: Bool {
        guard let first = unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
        return unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
    }
}
