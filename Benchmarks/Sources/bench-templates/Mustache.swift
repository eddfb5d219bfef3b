// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Mustache

/// A function that renders a page with swift-mustache, of dictionaries that were made before.
///
/// Mustache has no filters: what the filters of other engines make in each rendering is in its data from the start.
func mustacheRenderer(_ page: String, _ folder: String) throws -> () throws -> String {
    var library = MustacheLibrary()
    for name in ["table", "layout", "fortunes", "item", "price", "shop"] {
        let source = try String(contentsOfFile: "\(folder)/mustache/\(name).mustache", encoding: .utf8)
        try library.register(source, named: name)
    }
    let filled = library
    let data = dictionaries(page)
    return { filled.render(data, withTemplate: page) ?? "" }
}

private func dictionaries(_ page: String) -> [String: Any] {
    switch page {
    case "table": return ["table": TablePage().table]
    case "fortunes":
        let page = FortunesPage()
        let fortunes: [[String: Any]] = page.fortunes.map { ["id": $0.id, "message": $0.message] }
        return ["site": page.site, "year": page.year, "fortunes": fortunes]
    default:
        let page = ShopPage()
        let items: [[String: Any]] = page.items.enumerated().map { index, item in
            let lower = item.name.lowercased().trimmingCharacters(in: .whitespaces)
            return [
                "inStock": item.stock > 0, "upper": item.name.uppercased(), "price": item.price,
                "twice": item.price * 2, "tags": item.tags.joined(separator: ", "), "number": index + 1,
                "count": page.items.count, "lower": lower.replacingOccurrences(of: "a", with: "o"),
            ]
        }
        return ["title": page.title.capitalized, "items": items]
    }
}
