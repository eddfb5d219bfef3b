// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

func tutorialFirst() -> App {
    // sample: tutorial-hello
    var app = App()
    app.get("/hello/{name}") { (name: String) in "Hello, \(name)!" }
    // end
    return app
}

// sample: tutorial-store
struct Book: Codable, Equatable, Sendable {
    var title: String
    var author: String
    var isRead = false
}

actor Shelf {
    private var books: [Int: Book] = [:]
    private var lastID = 0

    func all(read: Bool?) -> [Book] {
        books.sorted { $0.key < $1.key }.map(\.value).filter { read == nil || $0.isRead == read }
    }

    func find(_ id: Int) -> Book? { books[id] }

    func add(_ book: Book) -> Int {
        lastID += 1
        books[lastID] = book
        return lastID
    }

    func remove(_ id: Int) -> Bool { books.removeValue(forKey: id) != nil }
}
// end

// sample: tutorial-blueprint
struct Books: Blueprint {
    let shelf: Shelf

    struct Filter: Decodable { var read: Bool? }

    func routes(_ r: inout Routes) {
        r.get("/") { (filter: Query<Filter>) in await shelf.all(read: filter.read) }

        r.get("/{id}", .name("show")) { (id: Int) in await shelf.find(id) }

        r.post("/") { (book: JSON<Book>, request: Request) in
            let id = await shelf.add(book.value)
            let url = try request.url(for: ".show", ["id": id])
            return Reply(book.value, status: .created, headers: [.location: url])
        }

        r.delete("/{id}") { (id: Int) in await shelf.remove(id) ? NoContent() : nil }
    }
}
// end

// sample: tutorial-app
func makeApp(shelf: Shelf, password: String) -> App {
    var app = App()
    app.use(.accessLog(), .securityHeaders())
    app.get("/") { "A shelf of books" }
    app.group("/books", .basicAuth(realm: "shelf") { _, given in given == password }) { books in
        books.mount(Books(shelf: shelf), name: "books")
    }
    app.onError(.notFound) { _, request in
        Reply(["error": "There is nothing at \(request.path)."], status: .notFound)
    }
    return app
}
// end

// sample: tutorial-tests
@Suite struct ShelfTests {
    let client: TestClient

    init() throws {
        var client = try TestClient(makeApp(shelf: Shelf(), password: "open"))
        client.auth = .basic(username: "ada", password: "open")
        self.client = client
    }

    @Test func booksAreKept() async throws {
        let book = Book(title: "Solaris", author: "Stanisław Lem")
        let created = try await client.post("/books/", json: book)
        #expect(created.status == .created)
        #expect(created.header(.location) == "/books/1")
        #expect(try await client.get("/books/1").json(Book.self) == book)
        #expect(try await client.get("/books/?read=true").json([Book].self) == [])
    }

    @Test func booksGo() async throws {
        _ = try await client.post("/books/", json: Book(title: "Ubik", author: "Philip K. Dick"))
        #expect(try await client.delete("/books/1").status == .noContent)
        #expect(try await client.delete("/books/1").status == .notFound)
    }

    @Test func incompleteBooksAreRefused() async throws {
        let response = try await client.post("/books/", json: ["title": "Nobody wrote this"])
        #expect(response.status == .unprocessableContent)
        #expect(response.text.contains("author"))
    }

    @Test func strangersAreAskedForThePassword() async throws {
        var stranger = client.newVisitor()
        stranger.auth = nil
        #expect(try await stranger.get("/books/").status == .unauthorized)
        #expect(try await stranger.get("/").status == .ok)
    }
}
// end
