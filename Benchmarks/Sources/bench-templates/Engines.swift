// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates

/// A function that renders a page once.
func renderer(_ engine: String, _ page: String, _ folder: String) throws -> () throws -> String {
    switch engine {
    case "stencil": return try stencilRenderer(page, folder)
    case "mustache": return try mustacheRenderer(page, folder)
    default: return try retortRenderer(page, folder, prepares: engine == "prepared")
    }
}

private func retortRenderer(_ page: String, _ folder: String, prepares: Bool) throws -> () throws -> String {
    var configuration = TemplateEnvironment.Configuration()
    configuration.loader = FolderLoader(folder)
    let environment = TemplateEnvironment(configuration)
    let template = try environment.template("\(page).html")
    switch page {
    case "table": return try renders(template, TablePage(), prepares: prepares)
    case "fortunes": return try renders(template, FortunesPage(), prepares: prepares)
    default: return try renders(template, ShopPage(), prepares: prepares)
    }
}

/// Renders a page for a value, which is encoded each time, or once as the values of the other engines are.
private func renders(_ template: Template, _ data: some Encodable, prepares: Bool) throws -> () throws -> String {
    guard prepares else { return { try template.render(data) } }
    let value = try TemplateEncoder().encode(data)
    return { try template.render(value: value) }
}
