// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortLab

/// What networks see in pictures; each is one line.
struct Seeing: Blueprint {
    let networks: Networks

    struct ObjectOptions: Input {
        /// The score below which something is left out.
        @Field(in: 0.1...0.95, step: 0.05) var minimumScore = 0.5
        /// The only kind of thing that is kept, such as cat; empty for all.
        @Field var label: String?
    }

    struct ScoreOptions: Input {
        /// The score below which something is left out.
        @Field(in: 0.1...0.95, step: 0.05) var minimumScore = 0.7
    }

    struct ClassOptions: Input {
        /// How many classes.
        @Field(in: 1...20, step: 1) var count = 5
    }

    struct Vector: Encodable, Sendable { var vector: [Float] }

    struct Similarity: Encodable, Sendable {
        /// The cosine of the angle between the vectors: above 0.9 nearly the same picture.
        var similarity: Double
    }

    func routes(_ r: inout Routes) {
        r.on([.get, .post], "/objects", note("Cats, cups, people: 80 kinds of things")) {
            (photo: ImageInput, options: Query<ObjectOptions>) in
            let label = options.label.flatMap { $0.isEmpty ? nil : $0 }
            return photo.answer(
                finding: networks.objects, minimumScore: options.minimumScore, labels: label.map { [$0] })
        }
        r.on([.get, .post], "/classify", note("What it shows, out of 1,000 classes")) {
            (photo: ImageInput, options: Query<ClassOptions>) in
            photo.answer(classifying: networks.classifier, count: options.count)
        }
        r.on([.get, .post], "/faces", note("Faces with eyes, nose and mouth")) {
            (photo: ImageInput, options: Query<ScoreOptions>) in
            photo.answer(finding: networks.faces, minimumScore: options.minimumScore)
        }
        r.on([.get, .post], "/face-shapes", note("The shape of faces: 478 points, smiles and blinks")) {
            (photo: ImageInput) in
            photo.answer(shaping: networks.shapes, of: networks.faces)
        }
        if let poses = networks.poses {
            r.on([.get, .post], "/pose", note("How somebody holds the body")) { (photo: ImageInput) in
                photo.answer(posing: poses)
            }
        }
        if let hands = networks.hands {
            r.on([.get, .post], "/hands", note("Hands with their fingers")) { (photo: ImageInput) in
                photo.answer(finding: hands)
            }
        }
        if let safety = networks.safety {
            r.on([.get, .post], "/safety", note("Whether it can be shown to everybody")) { (photo: ImageInput) in
                photo.answer(rating: safety)
            }
        }
        r.on([.get, .post], "/text", note("Texts, read")) { (photo: ImageInput) in
            photo.answer(reading: networks.reader)
        }
        if let segmenter = networks.segmenter {
            r.on([.get, .post], "/click", note("Cut out what you click at")) { (photo: ImageInput, clicks: Clicks) in
                photo.answer(segmenting: segmenter, at: clicks)
            }
        }
        r.on([.get, .post], "/cut-out", note("Without its background")) { (photo: ImageInput) in
            photo.answer(cutting: networks.cutter)
        }
        r.on([.get, .post], "/vector", note("Numbers by which pictures are compared")) {
            (photo: ImageInput) async throws in
            Vector(vector: try await photo.vector(by: networks.embedder))
        }
        r.post("/same-face", .summary("Whether two pictures show one person"), .tags("networks"), use: sameFace)
        r.post("/similar", .summary("How alike two pictures are"), .tags("networks"), use: similar)
    }

    func sameFace(photos: ImagePair) async throws -> FaceLikeness {
        let likeness = try await photos.first.likeness(
            to: photos.second, detector: networks.faces, recognizer: networks.recognizer)
        guard let likeness else { throw HTTPError(.unprocessableContent, "One of the pictures has no face.") }
        return likeness
    }

    func similar(photos: ImagePair) async throws -> Similarity {
        async let one = photos.first.vector(by: networks.embedder)
        async let two = photos.second.vector(by: networks.embedder)
        return Similarity(similarity: Double(cosineSimilarity(try await one, try await two)))
    }

    private func note(_ summary: String) -> [RouteTrait] { [.summary(summary), .tags("networks")] }
}
