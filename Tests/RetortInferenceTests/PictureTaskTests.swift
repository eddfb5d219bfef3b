// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import Testing

/// Real models on real photographs, with the results that were seen when they were chosen.
@Suite struct PictureTaskTests {
    private func model(_ name: String) async throws -> Model { try await Reference.loaded(name) }

    @Test(
        arguments: [
            ("chelsea", ["tiger cat", "Egyptian cat"], 0.35), ("coffee", ["espresso"], 0.9), ("china", ["palace"], 0.3),
        ] as [(String, [String], Float)])
    func picturesAreClassified(photo: String, labels: [String], score: Float) async throws {
        let classifier = try Classifier(await model("pplcnet-v2"))
        let result = try await classifier.classify(Reference.photo(photo))
        #expect(result.value.count == 5)
        let best = try #require(result.value.first)
        #expect(labels.contains(String(best.label.prefix { $0 != "," })))
        #expect(best.score >= score)
        // The whole way stays near that of OpenCV and Python, whose picture is rounded in between.
        let expected = try Reference.tensor("pplcnet-\(photo)-output0").elements(as: Float.self)
        #expect(abs(best.score - expected[best.index]) < 0.03)
        #expect(result.timing.preprocess > .zero)
        #expect(result.timing.infer > .zero)
    }

    @Test(
        arguments: [
            ("chelsea", ["cat": 0.93]), ("coffee", ["cup": 0.87, "dining table": 0.85]), ("astronaut", ["person": 0.9]),
        ] as [(String, [String: Float])])
    func thingsAreFound(photo: String, labels: [String: Float]) async throws {
        let detector = try ObjectDetector(await model("picodet"))
        let picture = try Reference.photo(photo)
        let found = try await detector.detect(in: picture).value
        for (label, score) in labels {
            let best = try #require(found.first { $0.label == label })
            #expect(best.score >= score)
            #expect(best.box.left >= 0 && best.box.right <= Float(picture.width))
            #expect(best.box.top >= 0 && best.box.bottom <= Float(picture.height))
        }
        // The same boxes as those of Python, to a hundredth of the picture.
        let expected = try Reference.tensor("picodet-\(photo)-output0").elements(as: Float.self)
        for row in 0..<expected.count / 6 where expected[row * 6 + 1] >= 0.55 {
            let numbers = Array(expected[row * 6..<row * 6 + 6])
            let box = PictureBox(left: numbers[2], top: numbers[3], right: numbers[4], bottom: numbers[5])
            let near = found.first { $0.index == Int(numbers[0]) && $0.box.overlap(with: box) > 0.9 }
            #expect(abs(try #require(near).score - numbers[1]) < 0.03)
        }
    }

    @Test func manyPersonsAreFoundInTheStreet() async throws {
        let detector = try ObjectDetector(await model("picodet"))
        let persons = try await detector.detect(in: Reference.photo("street")).value.filter { $0.label == "person" }
        #expect(persons.count >= 7)
    }

    @Test(
        arguments: [("astronaut", 1, 0.93), ("grace-hopper", 1, 0.93), ("street", 14, 0.7), ("chelsea", 0, 1)]
            as [(String, Int, Float)])
    func facesAreFound(photo: String, count: Int, score: Float) async throws {
        let detector = try FaceDetector(await model("yunet"))
        let picture = try Reference.photo(photo)
        let faces = try await detector.detect(in: picture).value
        #expect(faces.count == count)
        for face in faces {
            #expect(face.score >= score)
            #expect(face.points.count == 5)
            // Eyes above the mouth, and the nose within the box.
            #expect(face.points[0].y < face.points[3].y)
            #expect(face.points[2].x > face.box.left && face.points[2].x < face.box.right)
        }
    }

    static let faces = ["a-1", "a-2", "b-1", "b-2", "impostor-1", "impostor-2"]

    @Test(arguments: faces)
    func facesAreAlignedAsOpenCVDoes(name: String) throws {
        let points = try Reference.tensor("points-\(name)").elements(as: Float.self)
        let places = (0..<5).map { PicturePoint(x: points[2 * $0], y: points[2 * $0 + 1]) }
        let own = try alignedFace(places, in: Reference.photo("face-\(name)")).elements(as: Float.self)
        let expected = try Reference.tensor("sface-\(name)-input0").elements(as: Float.self)
        let differences = zip(own, expected).map { abs(Double($0) - Double($1)) }
        // OpenCV places pixels to a thirty-second.
        #expect(differences.reduce(0, +) / Double(differences.count) < 0.6)
        #expect(differences.max() ?? 255 < 12)
    }

    @Test func facesOfOnePersonAreSimilar() async throws {
        let detector = try FaceDetector(await model("yunet"))
        let recognizer = try FaceRecognizer(await model("sface"))
        var vectors: [[Float]] = []
        for name in Self.faces {
            let photo = try Reference.photo("face-\(name)")
            let face = try #require(try await detector.detect(in: photo).value.first)
            vectors.append(try await recognizer.vector(of: face, in: photo).value)
        }
        for first in vectors.indices {
            for second in vectors.indices where second > first {
                let isSame = first / 2 == second / 2 && first < 4
                let similarity = cosineSimilarity(vectors[first], vectors[second])
                #expect(
                    (similarity >= FaceRecognizer.threshold) == isSame, "\(Self.faces[first]), \(Self.faces[second])")
                // Seen when the model was chosen: 0.60 and 0.77 for one person, 0.22 at most for two.
                #expect(isSame ? similarity > 0.55 : similarity < 0.27)
            }
        }
    }

    @Test func picturesThatLookAlikeHaveNearVectors() async throws {
        let embedder = try ImageEmbedder(await model("mobilenet-v3-embedding"))
        let cat = try Reference.photo("chelsea")
        var mirrored: [UInt8] = []
        for row in 0..<cat.height {
            for column in (0..<cat.width).reversed() {
                let start = (row * cat.width + column) * 3
                mirrored += cat.bytes[start..<start + 3]
            }
        }
        let mirror = try PixelBuffer(width: cat.width, height: cat.height, channels: .bgr, bytes: mirrored)
        let one = try await embedder.vector(of: cat).value
        let other = try await embedder.vector(of: mirror).value
        let coffee = try await embedder.vector(of: Reference.photo("coffee")).value
        #expect(one.count == 576)
        #expect(cosineSimilarity(one, other) > 0.95)
        #expect(cosineSimilarity(one, coffee) < 0.7)
    }

    @Test func theCupIsCutOut() async throws {
        let cutter = try SubjectCutter(await model("u2netp"))
        let photo = try Reference.photo("coffee")
        let mask = try await cutter.mask(of: photo).value
        #expect(mask.width == photo.width)
        #expect(mask.bytes.count == photo.width * photo.height)
        #expect(mask.bytes[200 * photo.width + 290] > 200)
        #expect(mask.bytes[5 * photo.width + 5] < 50)
        // The share of the picture, as Python's map has it.
        let map = try Reference.tensor("u2netp-coffee-output0").elements(as: Float.self)
        let (least, most) = (map.min() ?? 0, map.max() ?? 1)
        let share = map.reduce(0) { $0 + Double(($1 - least) / (most - least)) } / Double(map.count)
        #expect(abs(mask.share - share) < 0.01)
    }

    static let page = [
        "Region-based segmentation",
        "Let us first determine markers of the coins and the",
        "background. These markers are pixels that we can label",
        "unambiguously as either object or background. Here,",
        "the markers are found at the two extreme parts of the",
        "histogram of grey values:",
        ">>> markers = np.zeros_like(coins)",
    ]

    @Test func thePageIsReadWithoutAWrongLetter() async throws {
        let reader = try await TextReader(
            detection: model("ocr-detection-small"), recognition: model("ocr-recognition-small"))
        let lines = try await reader.read(Reference.photo("page")).value
        #expect(Array(lines.map(\.text).prefix(Self.page.count)) == Self.page)
        #expect(lines.allSatisfy { $0.score > 0.9 && $0.corners.count == 4 })
    }

    @Test func theTinyModelsReadThePageWithFewWrongLetters() async throws {
        let reader = try await TextReader(
            detection: model("ocr-detection-tiny"), recognition: model("ocr-recognition-tiny"))
        let text = try await reader.read(Reference.photo("page")).value.map(\.text).joined(separator: "\n")
        let difference = Array(text).difference(from: Array(Self.page.joined(separator: "\n")))
        // Each wrong letter counts twice: as one that is missing, and as one too many.
        #expect(difference.count <= 6)
    }

    @Test func modelsForAnotherTaskAreRefused() async throws {
        let embedding = try await model("mobilenet-v3-embedding")
        let u2netp = try await model("u2netp")
        let refusals: [() throws -> Any] = [
            { try ObjectDetector(embedding) }, { try FaceDetector(embedding) }, { try FaceRecognizer(embedding) },
            { try Classifier(u2netp) }, { try ImageEmbedder(u2netp) }, { try SubjectCutter(embedding) },
            { try TextReader(detection: u2netp, recognition: embedding) },
        ]
        for refusal in refusals {
            let error = #expect(throws: InferenceError.self) { _ = try refusal() }
            #expect(error?.code == .invalidDescription)
        }
    }
}
