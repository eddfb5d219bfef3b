// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import RetortLab
import RetortWire
import Testing

/// Clicks in a picture: how they are read, what they lead to, and what is refused.
@Suite(.serialized) struct ClickTests {
    struct Part: Decodable {
        struct Runs: Decodable {
            var size: [Int]
            var counts: [Int]
        }
        struct Frame: Decodable, Equatable {
            var width: Int
            var height: Int
        }
        var image: Frame
        var box: [Double]?
        var area: Int
        var share: Double
        var score: Double
        var mask: Runs

        func contains(_ x: Int, _ y: Int) -> Bool {
            var place = 0
            for (index, count) in mask.counts.enumerated() {
                place += count
                if x * mask.size[0] + y < place { return index % 2 == 1 }
            }
            return false
        }
    }

    private static let client = Task {
        let repository = ModelRepository(ModelTests.models, engine: try Engine())
        try await repository.refresh()
        let segmenter = try await ClickSegmenter(repository.model("eiseg"))
        var app = App()
        app.post("/clicked") { (photo: ImageInput, clicks: Clicks) in photo.answer(segmenting: segmenter, at: clicks) }
        app.post("/read") { (clicks: Clicks) in
            "\(clicks.inside.map { [$0.x, $0.y] }) \(clicks.outside.map { [$0.x, $0.y] })"
                + " \(clicks.box.map { "\($0.left) \($0.top) \($0.right) \($0.bottom)" } ?? "-")"
        }
        return try TestClient(app)
    }

    private func part(_ photo: String, _ query: String) async throws -> Part {
        let answer = try await Self.client.value.post("/clicked?\(query)", body: .bytes(Photos.bytes(photo)))
        #expect(answer.status == .ok, "\(answer.text.prefix(300))")
        return try answer.json(Part.self)
    }

    @Test func oneClickFindsTheCat() async throws {
        let cat = try await part("chelsea.png", "inside=220,120")
        #expect(cat.image == Part.Frame(width: 451, height: 300))
        #expect(cat.mask.size == [300, 451] && cat.mask.counts.reduce(0, +) == 451 * 300)
        #expect(cat.contains(220, 120) && cat.contains(300, 160) && !cat.contains(10, 40) && !cat.contains(430, 100))
        #expect(cat.area == stride(from: 1, to: cat.mask.counts.count, by: 2).reduce(0) { $0 + cat.mask.counts[$1] })
        #expect(abs(cat.share - Double(cat.area) / (451 * 300)) < 0.001 && cat.share > 0.3)
        #expect(cat.score > 0.8 && cat.score <= 1)
        let box = try #require(cat.box)
        #expect(box[0] >= 0 && box[0] < 220 && box[2] > 330 && box[2] < 440 && box[1] < 120 && box[3] <= 300)
    }

    @Test func aClickOutsideTakesAway() async throws {
        let all = try await part("astronaut.png", "inside=220,400")
        let less = try await part("astronaut.png", "inside=220,400&outside=220,120")
        #expect(less.contains(220, 400) && !less.contains(220, 120))
        #expect(less.area < all.area || !all.contains(220, 120))
    }

    @Test func aBoxBoundsWhatIsFound() async throws {
        let cup = try await part("coffee.png", "box=130,30,480,300")
        #expect(cup.contains(290, 170))
        let box = try #require(cup.box)
        #expect(box[0] >= 130 && box[1] >= 30 && box[2] <= 480 && box[3] <= 300)
        // A box at the edge, of which a part lies outside, and one of a single pixel.
        #expect(try await part("coffee.png", "box=-50,-50,200,200").box.map { $0[2] <= 200 } ?? true)
        _ = try await part("coffee.png", "box=599,399,600,400")
        _ = try await part("coffee.png", "box=10.2,10.2,10.3,10.3")
    }

    @Test func placesAreThoseOfTheOriginal() async throws {
        // Larger than what is decoded, so that all numbers have to be brought back.
        let large = try Image(decoding: Photos.bytes("chelsea.png")).resized(to: Size(width: 1_804, height: 1_200))
        let answer = try await Self.client.value.post(
            "/clicked?inside=880,480", body: .bytes(try large.encoded(as: .jpeg())))
        let cat = try answer.json(Part.self)
        #expect(cat.image == Part.Frame(width: 1_804, height: 1_200))
        #expect(cat.contains(880, 480) && cat.contains(1_200, 640) && !cat.contains(40, 160))
    }

    @Test func theMaskIsDrawn() async throws {
        let original = try Image(decoding: Photos.bytes("chelsea.png"))
        let answer = try await Self.client.value.post(
            "/clicked?inside=220,120&format=png", body: .bytes(Photos.bytes("chelsea.png")))
        #expect(answer.header(.contentType) == "image/png")
        let drawn = try Image(decoding: answer.bytes)
        #expect(drawn.size == original.size)
        #expect(drawn.pixel(x: 220, y: 150) != original.pixel(x: 220, y: 150))
        #expect(drawn.pixel(x: 430, y: 100) == original.pixel(x: 430, y: 100))
    }

    @Test(arguments: [
        ("", "inside", "`inside` needs a place that belongs to what is wanted, or box its edges."),
        ("outside=3,4", "inside", "`inside` needs a place that belongs to what is wanted, or box its edges."),
        ("inside=3", "inside[0]", "`inside[0]` is a place such as 203,150: pixels right and down."),
        ("inside=1,2&inside=a,4", "inside[1]", "`inside[1]` is a place such as 203,150: pixels right and down."),
        ("inside=nan,inf", "inside[0]", "`inside[0]` is a place such as 203,150: pixels right and down."),
        ("inside=1,1e300", "inside[0]", "`inside[0]` is a place such as 203,150: pixels right and down."),
        ("inside=1,2,3", "inside[0]", "`inside[0]` is a place such as 203,150: pixels right and down."),
        ("inside=900,20", "inside[0]", "`inside[0]` lies outside of the 451 × 300 pixels."),
        ("inside=3,4&outside=5,-1", "outside[0]", "`outside[0]` lies outside of the 451 × 300 pixels."),
        ("box=1,2,3", "box", "`box` is left, top, right and bottom, such as 60,40,380,300."),
        ("box=9,2,3,8", "box", "`box` is left, top, right and bottom, such as 60,40,380,300."),
        ("box=500,2,600,8", "box", "`box` lies outside of the 451 × 300 pixels."),
    ])
    func whatIsNoClickIsNamed(_ query: String, _ field: String, _ message: String) async throws {
        let answer = try await Self.client.value.post("/clicked?\(query)", body: .bytes(Photos.bytes("chelsea.png")))
        #expect(answer.status == .unprocessableContent)
        let problem = try JSONValue(parsing: answer.bytes)
        #expect(problem["errors"]?[0]?["field"]?.string == field, "\(answer.text)")
        #expect(problem["errors"]?[0]?["message"]?.string == message, "\(answer.text)")
    }

    @Test func clicksAreCounted() async throws {
        let client = try await Self.client.value
        let many = Array(repeating: "inside=1,2", count: Clicks.mostPlaces).joined(separator: "&")
        #expect(try await client.post("/read?\(many)").status == .ok)
        #expect(try await client.post("/read?\(many)&outside=1,2").status == .unprocessableContent)
        let answer = try await client.post("/read?inside=1,2&outside=3.5,4&inside=&inside=5,6&box=0,1,2,3")
        #expect(answer.text == "[[1.0, 2.0], [5.0, 6.0]] [[3.5, 4.0]] 0.0 1.0 2.0 3.0")
    }
}
