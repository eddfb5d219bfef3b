// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Stencil

/// A function that renders a page with Stencil, of dictionaries that were made before.
///
/// Stencil escapes nothing and has neither macros nor arithmetic, so the filters of its pages are written here.
func stencilRenderer(_ page: String, _ folder: String) throws -> () throws -> String {
    let filters = Extension()
    filters.registerFilter("escape") { value in value.map { escaped(text($0)) } }
    filters.registerFilter("price") { (value: Any?) in (value as? Double).map { "<b>\($0) €</b>" } }
    filters.registerFilter("trim") { value in value.map { text($0).trimmingCharacters(in: .whitespaces) } }
    filters.registerFilter("times") { (value: Any?, arguments: [Any?]) in
        guard let number = value as? Double, let factor = arguments.first as? Int else { return value }
        return number * Double(factor)
    }
    filters.registerFilter("replace") { (value: Any?, arguments: [Any?]) in
        guard let value, arguments.count == 2, let old = arguments[0] as? String, let new = arguments[1] as? String
        else { return value }
        return text(value).replacingOccurrences(of: old, with: new)
    }
    let environment = Environment(loader: KeptTemplates(folder: folder), extensions: [filters])
    let template = try environment.loadTemplate(name: "\(page).html")
    let data = dictionaries(page)
    return { try template.render(data) }
}

/// Templates that are parsed once: Stencil's own loaders read a template again whenever it is included.
private final class KeptTemplates: Loader {
    private let folder: String
    private var kept: [String: Template] = [:]

    init(folder: String) { self.folder = folder }

    func loadTemplate(name: String, environment: Environment) throws -> Template {
        if let template = kept[name] { return template }
        let source = try String(contentsOfFile: "\(folder)/stencil/\(name)", encoding: .utf8)
        let template = Template(templateString: source, environment: environment, name: name)
        kept[name] = template
        return template
    }
}

private func text(_ value: Any) -> String { value as? String ?? "\(value)" }

/// A text as HTML, byte by byte.
private func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "&"): result += "&amp;".utf8
        case UInt8(ascii: "<"): result += "&lt;".utf8
        case UInt8(ascii: ">"): result += "&gt;".utf8
        case UInt8(ascii: "\""): result += "&quot;".utf8
        case UInt8(ascii: "'"): result += "&#39;".utf8
        default: result.append(byte)
        }
    }
    return String(decoding: result, as: UTF8.self)
}

/// The data of a page as dictionaries, which Stencil looks into faster than into structs.
private func dictionaries(_ page: String) -> [String: Any] {
    switch page {
    case "table": return ["table": TablePage().table]
    case "fortunes":
        let page = FortunesPage()
        let fortunes: [[String: Any]] = page.fortunes.map { ["id": $0.id, "message": $0.message] }
        return ["site": page.site, "year": page.year, "fortunes": fortunes]
    default:
        let page = ShopPage()
        let items: [[String: Any]] = page.items.map {
            ["name": $0.name, "price": $0.price, "stock": $0.stock, "tags": $0.tags]
        }
        return ["title": page.title, "items": items]
    }
}
