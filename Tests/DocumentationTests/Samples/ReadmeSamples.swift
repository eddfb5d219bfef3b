// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

// sample: readme
struct Note: Codable, Equatable { var text: String }

actor Notes {
    private var all: [Note] = []
    func find(_ id: Int) -> Note? { all.indices.contains(id) ? all[id] : nil }
    func add(_ note: Note) { all.append(note) }
}

struct NotesAPI: Blueprint {
    let notes = Notes()
    func routes(_ r: inout Routes) {
        r.get("/{id}") { (id: Int) in await notes.find(id) }  // nil is answered 404
        r.post("/") { (note: JSON<Note>) in
            guard !note.text.isEmpty else { throw HTTPError(.unprocessableContent, "A note needs a text.") }
            await notes.add(note.value)
            return Reply(note, status: .created)
        }
    }
}

@Test func notesAreKept() async throws {
    var app = App()
    app.mount(NotesAPI(), at: "/notes")
    let client = try TestClient(app)
    #expect(try await client.post("/notes/", json: Note(text: "Buy milk")).status == .created)
    #expect(try await client.get("/notes/0").json(Note.self) == Note(text: "Buy milk"))
    #expect(try await client.get("/notes/two").status == .notFound)
}
// end
