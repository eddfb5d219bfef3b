// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates

/// Looks for mistakes in all templates of an app.
///
/// Which names a template wants from outside is known from its text. Which are passed is known from the sample pages of
/// the app: a name that a page's template wants, or one that this extends, includes or imports, is missing where none of
/// the pages that lead there pass it, no template on the way gives it a value, and nothing else does.
struct TemplatesCheck {
    private static let given = [
        "request", "session", "config", "url_for", "get_flashed_messages", "csrf_token", "csrf_input", "csp_nonce",
        "language",
    ]
    private let environment: TemplateEnvironment
    private let samples: [Page]
    private let passes: Set<String>
    private let comparesAll: Bool

    init(_ templates: FrozenTemplates, passes: [String]) {
        environment = templates.environment
        samples = templates.samples
        self.passes = Set(passes + templates.contextNames + Self.given)
        comparesAll = !passes.isEmpty
    }

    /// A sentence for each mistake.
    func problems() throws -> [String] {
        var problems: [String] = []
        let seen = try namesBySample()
        for page in samples where (try? environment.template(page.name)) == nil {
            // One that cannot be compiled is named below.
            if try !environment.templateNames().contains(page.name) {
                problems.append("\(page.name): a sample page names this template, and there is none.")
            }
        }
        for name in try environment.templateNames() {
            do {
                let template = try environment.template(name)
                for reference in template.references {
                    do { _ = try environment.template(reference) } catch let error as TemplateError
                        where error.code == .notFound
                    {
                        problems.append("\(name): uses the template \(error.message)")
                    } catch {}
                }
                guard let passed = seen[name] ?? (comparesAll ? [] : nil) else { continue }
                // What a template asks about before it uses it need not be passed.
                let known = passed.union(try template.optionalNames())
                for variable in template.variables where !isKnown(variable, known) {
                    problems.append("\(name): no page passes '\(variable)'.")
                }
            } catch let error as TemplateError {
                problems.append("\(name): \(error)")
            }
        }
        return problems
    }

    /// What was left out.
    func remarks() throws -> [String] {
        guard !comparesAll else { return [] }
        let seen = try namesBySample()
        let count = try environment.templateNames().filter { seen[$0] == nil }.count
        guard count > 0 else { return [] }
        return [
            "\(count) \(count == 1 ? "template is" : "templates are") reached by no sample page "
                + "(app.templates.sample), so that what is passed was not compared with what is wanted."
        ]
    }

    /// The names that templates get, from pages and from each other, by the templates that a sample leads to.
    private func namesBySample() throws -> [String: Set<String>] {
        var result: [String: Set<String>] = [:]
        for page in samples {
            let reached = reachable(from: page.name)
            var names = Set(try page.passedNames())
            for template in reached { names.formUnion(try template.assignedNames()) }
            for template in reached { if let name = template.name { result[name, default: []].formUnion(names) } }
        }
        return result
    }

    /// A template and those that it extends, includes and imports, as far as they can be compiled.
    private func reachable(from name: String) -> [Template] {
        var names = [name]
        var result: [Template] = []
        var place = 0
        while place < names.count {
            defer { place += 1 }
            guard let template = try? environment.template(names[place]) else { continue }
            result.append(template)
            for reference in template.references where !names.contains(reference) { names.append(reference) }
        }
        return result
    }

    private func isKnown(_ name: String, _ passed: Set<String>) -> Bool {
        environment.isGlobal(name) || passes.contains(name) || passed.contains(name)
    }
}
