// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
import RetortInference
import RetortServer
import RetortWire

/// An index of pictures as endpoints: what looks like this one, what there is, and its small copies.
///
///     var gallery = PictureGallery(index)
///     gallery.allowsChanges = true
///     app.mount(gallery, at: "/gallery")
///
/// | Request | Answer |
/// |---|---|
/// | `POST /similar` with a picture, `GET /similar?url=` | the pictures that look like it |
/// | `GET /` | all pictures, the newest first |
/// | `GET /{id}`, `GET /{id}/thumbnail` | one of them; its small copy |
/// | `POST /` with a picture | 201, or 200 where the file is there already; with ``allowsChanges`` |
/// | `DELETE /{id}` | 204; with ``allowsChanges`` |
///
/// Whoever may ask sees names and small copies of all pictures: mount it behind the middlewares that know who asks.
public struct PictureGallery: Blueprint {
    /// Whether clients may add and remove pictures.
    public var allowsChanges = false

    private let index: PictureIndex

    /// Makes the endpoints.
    ///
    /// - Parameter index: The pictures.
    public init(_ index: PictureIndex) { self.index = index }

    struct SearchOptions: Input {
        @Field(in: 1...100, step: 1, description: "How many pictures at most.") var count = 8
        @Field(in: -1...1, step: 0.05, description: "The similarity below which a picture is left out.")
        var minimumSimilarity = 0.0
    }

    struct ListOptions: Input {
        @Field(in: 1...1_000, step: 1, description: "How many pictures at most.") var count = 100
        @Field(in: 0...1_000_000, description: "How many of the newest are passed over.") var skip = 0
    }

    /// Adds the routes.
    ///
    /// - Parameter r: The routes of the gallery.
    public func routes(_ r: inout Routes) {
        r.on(
            [.get, .post], "/similar", [.summary("Pictures that look like it"), .tags("gallery")]
        ) { (request: Request, photo: ImageInput, options: Query<SearchOptions>) async throws in
            let found = try await index.similar(
                to: photo, count: options.count, minimumSimilarity: options.minimumSimilarity)
            return try linked(found, request)
        }
        r.get("/", .summary("All pictures of the index"), .tags("gallery")) {
            (request: Request, options: Query<ListOptions>) in
            let all = index.entries
            let shown = all.reversed().dropFirst(options.skip).prefix(options.count)
            return try linked(SimilarPictures(shown.map { SimilarPictures.Picture($0) }, of: all.count), request)
        }
        r.get("/{id}", .summary("A picture of the index"), .tags("gallery")) { (request: Request, id: Int) in
            try index.entry(id).map { try linked(SimilarPictures.Picture($0), request) }
        }
        r.get("/{id}/thumbnail", .summary("A small copy"), .tags("gallery"), .name("thumbnail")) {
            (id: Int) async throws in
            guard let jpeg = try await index.thumbnail(of: id) else { throw HTTPError(.notFound) }
            var response = Response(.bytes(jpeg), contentType: "image/jpeg")
            // A number always means the same picture.
            response.headers[.cacheControl] = "private, max-age=86400, immutable"
            return response
        }
        guard allowsChanges else { return }
        r.post("/", .summary("Add a picture to the index"), .tags("gallery")) {
            (request: Request, photo: ImageInput) async throws in
            let (entry, isNew) = try await index.add(photo)
            return Reply(
                try linked(SimilarPictures.Picture(entry), request), status: isNew ? .created : .ok)
        }
        r.delete("/{id}", .summary("Remove a picture from the index"), .tags("gallery")) { (id: Int) async throws in
            guard try await index.remove(id) else { throw HTTPError(.notFound, "There is no picture \(id).") }
            return NoContent()
        }
    }

    private func linked(_ picture: SimilarPictures.Picture, _ request: Request) throws -> SimilarPictures.Picture {
        var picture = picture
        picture.thumbnail = try request.url(for: ".thumbnail", ["id": picture.id])
        return picture
    }

    private func linked(_ found: SimilarPictures, _ request: Request) throws -> SimilarPictures {
        var found = found
        found.pictures = try found.pictures.map { try linked($0, request) }
        return found
    }
}
