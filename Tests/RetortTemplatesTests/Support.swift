// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates

/// Renders a text with some values.
func render(
    _ source: String, _ values: [String: TemplateValue] = [:],
    _ change: (inout TemplateEnvironment.Configuration) -> Void = { _ in }
) throws -> String {
    try environment([:], change).template(source: source).render(values)
}

/// An environment with templates by name, which escapes nothing unless it is told to.
func environment(
    _ templates: [String: String] = [:], _ change: (inout TemplateEnvironment.Configuration) -> Void = { _ in }
) -> TemplateEnvironment {
    var configuration = TemplateEnvironment.Configuration()
    configuration.autoescape = .off
    configuration.loader = DictionaryLoader(templates)
    change(&configuration)
    return TemplateEnvironment(configuration)
}

/// The error of a text that is no template, or that cannot be rendered.
func failure(
    _ source: String, _ values: [String: TemplateValue] = [:],
    _ change: (inout TemplateEnvironment.Configuration) -> Void = { _ in }
) -> TemplateError? {
    do {
        _ = try render(source, values, change)
        return nil
    } catch {
        return error as? TemplateError
    }
}
