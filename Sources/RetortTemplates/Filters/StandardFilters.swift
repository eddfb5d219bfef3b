// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The filters of Jinja, and those that web pages need beside them.
enum StandardFilters {
    static let all: [String: TemplateFilter] = {
        var all: [String: TemplateFilter] = [:]
        let groups = [
            TextFilters.all, MarkupFilters.all, NumberFilters.all, SequenceFilters.all, SelectingFilters.all,
            OrderFilters.all, WebFilters.all,
        ]
        for filter in groups.joined() { all[filter.name] = filter }
        for (alias, name) in [("e", "escape"), ("d", "default"), ("count", "length")] { all[alias] = all[name] }
        return all
    }()
}

extension TemplateValue {
    /// The text of a value that a filter for texts gets: what it is printed as.
    func filterText() throws -> String {
        if case .undefined(let undefined) = self, undefined.behavior == .strict { throw undefined.error() }
        return try printed
    }

    /// The same text, as markup where this was markup.
    func replacing(_ text: String) -> TemplateValue {
        if case .markup = self { return .markup(SafeHTML(text)) }
        return .string(text)
    }

    func filterInteger(_ name: String) throws -> Int {
        guard let number = integer else {
            if case .undefined(let undefined) = self { throw undefined.error() }
            if case .float(let float) = self, let whole = Int(exactly: float) { return whole }
            throw TemplateError(.argument, "\(name) needs a whole number, not \(typeName).")
        }
        return number
    }
}

extension Optional where Wrapped == TemplateValue {
    func integer(_ name: String, default value: Int) throws -> Int { try self?.filterInteger(name) ?? value }
    func isTrue(default value: Bool) throws -> Bool { try self?.isTrue ?? value }
    func text(default value: String) throws -> String { try self?.filterText() ?? value }
}
