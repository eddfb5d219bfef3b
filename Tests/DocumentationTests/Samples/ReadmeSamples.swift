// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

// sample: readme
struct Note: Codable, Equatable { var text: String }

actor NoteStore {
    private var notes: [Int: Note] = [:]
    func find(_ id: Int) -> Note? { notes[id] }
    func add(_ note: Note) -> Int {
        notes[notes.count + 1] = note
        return notes.count
    }
}

struct Notes: Blueprint {
    let store: NoteStore

    func routes(_ r: inout Routes) {
        r.get("/{id}", .name("show")) { (id: Int) in await store.find(id) }  // nil is answered 404
        r.post("/") { (note: JSON<Note>) in
            guard !note.text.isEmpty else { throw HTTPError(.unprocessableContent, "A note needs a text.") }
            return Redirect(name: ".show", ["id": await store.add(note.value)])
        }
    }
}

@Test func notesAreKept() async throws {
    var app = App()
    app.mount(Notes(store: NoteStore()), at: "/notes")
    let client = try TestClient(app)
    let kept = try await client.post("/notes/", json: Note(text: "Buy milk"), followRedirects: true)
    #expect(try kept.json(Note.self) == Note(text: "Buy milk"))
    #expect(try await client.get("/notes/2").status == .notFound)
    #expect(try await client.get("/notes/two").status == .notFound)
    #expect(try await client.post("/notes/", json: Note(text: "")).status == .unprocessableContent)
}
// end
