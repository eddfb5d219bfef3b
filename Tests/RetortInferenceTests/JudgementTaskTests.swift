// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import Testing

/// Whether a picture can be shown, and what somebody has clicked at.
@Suite struct JudgementTaskTests {
    // Seen when the model was chosen: 0.017, 0.0001 and 0.0002.
    @Test(arguments: [("astronaut", 0.03), ("chelsea", 0.001), ("grace-hopper", 0.001)] as [(String, Float)])
    func decentPicturesAreSafe(photo: String, limit: Float) async throws {
        let rater = try SafetyRater(await Reference.loaded("open-nsfw"))
        let rating = try await rater.rate(Reference.photo(photo))
        #expect(rating.value.verdict == .safe)
        #expect(rating.value.score < limit)
        let expected = try Reference.tensor("open-nsfw-\(photo)-output0").elements(as: Float.self)
        #expect(abs(rating.value.score - expected[1]) < 0.005)
        #expect(rating.timing.infer > .zero)
    }

    @Test(
        arguments: [
            (0, .safe), (0.19, .safe), (0.2, .doubtful), (0.79, .doubtful), (0.8, .unsafe), (1, .unsafe),
            (.nan, .doubtful),
        ] as [(Float, SafetyRating.Verdict)])
    func scoresHaveAMeaning(score: Float, verdict: SafetyRating.Verdict) {
        #expect(SafetyRating(score: score).verdict == verdict)
    }

    private func click(_ x: Float, _ y: Float, in photo: PixelBuffer, isInside: Bool = true) -> SegmentationClick {
        SegmentationClick(PicturePoint(x: x * Float(photo.width), y: y * Float(photo.height)), isInside: isInside)
    }

    @Test(arguments: [("chelsea", 0.45, 0.5), ("astronaut", 0.4, 0.8)] as [(String, Float, Float)])
    func oneClickCutsOutWhatPythonDoes(photo: String, x: Float, y: Float) async throws {
        let segmenter = try ClickSegmenter(await Reference.loaded("eiseg"))
        let picture = try Reference.photo(photo)
        let mask = try await segmenter.mask(of: picture, clicks: [click(x, y, in: picture)]).value
        #expect(mask.width == picture.width && mask.height == picture.height)
        let expected = try Reference.tensor("clicks-\(photo)-mask").elements(as: UInt8.self)
        var (both, either) = (0, 0)
        for (own, other) in zip(mask.bytes, expected) {
            both += own >= 128 && other == 1 ? 1 : 0
            either += own >= 128 || other == 1 ? 1 : 0
        }
        #expect(Double(both) / Double(either) > 0.98)
        #expect(mask.bytes[Int(y * Float(picture.height)) * mask.width + Int(x * Float(picture.width))] > 240)
    }

    @Test func aClickOutsideTakesAPartAway() async throws {
        let segmenter = try ClickSegmenter(await Reference.loaded("eiseg"))
        let picture = try Reference.photo("astronaut")
        let first = [click(0.4, 0.8, in: picture)]
        let mask = try await segmenter.mask(of: picture, clicks: first).value
        // Her face.
        let place = (x: Float(0.44), y: Float(0.22))
        let pixel = Int(place.y * Float(mask.height)) * mask.width + Int(place.x * Float(mask.width))
        #expect(mask.bytes[pixel] > 128)
        let clicks = first + [click(place.x, place.y, in: picture, isInside: false)]
        let corrected = try await segmenter.mask(of: picture, clicks: clicks, previous: mask).value
        #expect(corrected.bytes[pixel] < 128)
        #expect(corrected.share < mask.share)
    }

    @Test func clicksThatAreNoneAreRefused() async throws {
        let segmenter = try ClickSegmenter(await Reference.loaded("eiseg"))
        let picture = try Reference.photo("chelsea")
        let good = click(0.5, 0.5, in: picture)
        let other = try await segmenter.mask(of: Reference.photo("astronaut"), clicks: [good]).value
        let cases: [([SegmentationClick], PictureMask?, InferenceError.Code)] = [
            ([], nil, .invalidData), ([click(0.5, 0.5, in: picture, isInside: false)], nil, .invalidData),
            ([good, click(1.1, 0.5, in: picture)], nil, .invalidData),
            ([SegmentationClick(PicturePoint(x: .nan, y: 0))], nil, .invalidData),
            ([SegmentationClick](repeating: good, count: 257), nil, .tooLarge), ([good], other, .wrongShape),
        ]
        for (clicks, previous, code) in cases {
            let error = await #expect(throws: InferenceError.self) {
                try await segmenter.mask(of: picture, clicks: clicks, previous: previous)
            }
            #expect(error?.code == code)
        }
    }

    @Test func modelsForAnotherTaskAreRefused() async throws {
        let embedding = try await Reference.loaded("mobilenet-v3-embedding")
        let u2netp = try await Reference.loaded("u2netp")
        let picodet = try await Reference.loaded("picodet")
        let refusals: [() throws -> Any] = [
            { try SafetyRater(embedding) }, { try SafetyRater(u2netp) }, { try ClickSegmenter(u2netp) },
            { try ClickSegmenter(picodet) },
        ]
        for refusal in refusals {
            let error = #expect(throws: InferenceError.self) { _ = try refusal() }
            #expect(error?.code == .invalidDescription)
        }
    }
}
