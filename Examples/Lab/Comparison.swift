// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortLab

/// The chapter's last program: what several networks think of one picture, as an endpoint and as a page.
struct Comparison: Blueprint {
    let networks: Networks

    struct Opinion: Encodable, Sendable {
        struct Class: Encodable, Sendable {
            var label: String
            var score: Double
        }

        /// The name of the network.
        var network: String
        /// How long it took, without waiting.
        var milliseconds: Double
        /// The five best classes.
        var classes: [Class]
    }

    struct Opinions: Encodable, Sendable { var networks: [Opinion] }

    struct View: Encodable, Sendable {
        var picture: String?
        var networks: [Opinion] = []
    }

    func routes(_ r: inout Routes) {
        r.on(
            [.get, .post], "/api/networks", [.summary("What several networks think of it"), .tags("networks")],
            use: compare)
        r.get("/networks", .hidden) { Page("networks.html", View()) }
        r.post("/networks", .hidden, use: show)
    }

    func compare(photo: ImageInput) async throws -> Opinions {
        let image = try ImagePixels(await photo.image(DecodePlan(longestSide: 640)))
        var opinions: [Opinion] = []
        for (name, classifier) in networks.classifiers {
            let answer = try await classifier.classify(image)
            let time = answer.timing.preprocess + answer.timing.infer + answer.timing.postprocess
            opinions.append(
                Opinion(
                    network: name, milliseconds: (time / .milliseconds(0.1)).rounded() / 10,
                    classes: answer.value.map { .init(label: $0.label, score: Double($0.score)) }))
        }
        return Opinions(networks: opinions)
    }

    func show(photo: ImageInput) async throws -> Page {
        let opinions = try await compare(photo: photo)
        let small = try await photo.run(DecodePlan(longestSide: 640)) { try $0.encoded(as: .jpeg()) }
        return Page(
            "networks.html",
            View(picture: "data:image/jpeg;base64,\(Base64.encode(small))", networks: opinions.networks))
    }
}
