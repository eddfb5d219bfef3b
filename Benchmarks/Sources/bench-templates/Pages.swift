// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The data of the pages, the same for every engine.
struct TablePage: Encodable, Sendable {
    var table = (0..<1000).map { row in (0..<10).map { row * 10 + $0 } }
}

struct FortunesPage: Encodable, Sendable {
    struct Fortune: Encodable, Sendable {
        var id: Int
        var message: String
    }

    var site = "Fortunes & more"
    var year = 2026
    var fortunes = (1...100).map { id in
        Fortune(
            id: id,
            message: id % 10 == 0
                ? "<script>alert(\"Number \(id) & more\");</script>"
                : "A computer program does what you tell it to do, \(id).")
    }
}

struct ShopPage: Encodable, Sendable {
    struct Item: Encodable, Sendable {
        var name: String
        var price: Double
        var stock: Int
        var tags: [String]
    }

    var title = "the small shop"
    var items = (1...50).map { id in
        Item(
            name: "Banana \(id) ", price: Double(id) * 1.25, stock: id % 3,
            tags: ["fruit", "yellow & sweet", "number \(id)"])
    }
}
