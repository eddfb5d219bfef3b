// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortLab

/// The chapter's applications with neural networks: cats (F) and the REST API of its Keras server (G).
///
/// `/catdetection` answers as `/detect` does, with the boxes of cats; `/predict` with the five best classes of ImageNet,
/// and `{"success": false}` where the original says so, but with a status that says it too.
struct BookNetworks: Blueprint {
    let networks: Networks

    struct Predictions: Encodable, Sendable {
        struct Item: Encodable, Sendable {
            var label: String
            var probability: Double
        }

        var predictions: [Item]
        var success = true
    }

    struct Failure: Encodable, Sendable { var success = false }

    func routes(_ r: inout Routes) {
        r.get("/catdetection", .summary("Cats in a picture by its URL"), .tags("book")) { (photo: ImageInput?) in
            guard let photo else { throw BookError(.badRequest, "bad request", "Parameter url is not present") }
            return cats(in: photo)
        }
        r.post("/catdetection", .summary("Cats in a picture"), .tags("book")) { (photo: ImageInput?) in
            guard let photo else { throw BookError(.badRequest, "bad request", "Parameter image is not present") }
            return cats(in: photo)
        }
        r.put("/catdetection", .hidden) {
            Reply(
                BookError(.methodNotAllowed, "failure", "PUT method not supported for API"), status: .methodNotAllowed,
                headers: [.allow: "GET, HEAD, OPTIONS, POST"])
        }
        r.post("/predict", .summary("The five best classes"), .tags("book"), use: predict)
        Book.errors(&r)
    }

    private func cats(in photo: ImageInput) -> PictureAnswer<BookBoxes> {
        photo.answer(DecodePlan(longestSide: 1_280)) { image async throws in
            let found = try await networks.objects.detect(in: ImagePixels(image)).value
            return BookBoxes(found: Detections(found.filter { $0.label == "cat" }, in: image.size))
        }
    }

    func predict(photo: ImageInput?) async throws -> Reply {
        guard let photo else { return Reply(BookJSON(Failure()), status: .badRequest) }
        let image = try await photo.image(DecodePlan(longestSide: 640))
        let classes = try await networks.classifier.classify(ImagePixels(image), count: 5).value
        return Reply(
            BookJSON(Predictions(predictions: classes.map { .init(label: $0.label, probability: Double($0.score)) })))
    }
}
