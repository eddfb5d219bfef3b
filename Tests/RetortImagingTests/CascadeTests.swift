// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortImaging
import Testing

struct CascadeTests {
    /// The claim of the pool: however many ask at once, each gets the right answer.
    @Test func twentyCallersGetTwentyRightAnswers() async throws {
        OpenCV.setThreads(1)
        let detector = try CascadeDetector(.frontalFaceAlt)
        let image = try Photos.image("street.jpg")
        let expected = Set(try detector.detect(in: image).boxes)
        #expect(!expected.isEmpty)
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { Set(try detector.detect(in: image).boxes) == expected } }
            return try await group.reduce(into: 0) { count, isRight in count += isRight ? 1 : 0 }
        }
        #expect(right == 20)
    }

    @Test func boxesAreThoseOfTheWholePicture() throws {
        OpenCV.setThreads(1)
        let detector = try CascadeDetector(.frontalFaceAlt2)
        let image = try Photos.image("astronaut.png")
        let whole = try #require(try detector.detect(in: image).items.max { $0.box.area < $1.box.area })
        let large = try image.resized(to: Size(width: 2_048, height: 2_048))
        let found = try #require(
            try detector.detect(in: large, workingSize: 512).items.max { $0.box.area < $1.box.area })
        #expect(found.box.intersectionOverUnion(whole.box.scaled(x: 4, y: 4)) > 0.8)
        #expect(found.label == "face")
    }

    @Test func aBrokenModelShowsAtOnce() {
        #expect(throws: ImagingError.self) { try CascadeDetector(CascadeModel(xml: Array("<xml/>".utf8), label: "x")) }
        #expect(throws: ImagingError.self) { try CascadeDetector(CascadeModel(xml: [], label: "x")) }
        #expect(throws: ImagingError.self) { try CascadeModel(contentsOf: "/no/such/file.xml", label: "x") }
        #expect(throws: ImagingError.self) { try CascadeModel(.eyes, in: ["/no/such/folder"]) }
    }

    @Test(arguments: [
        CascadeSettings(scaleFactor: 1), CascadeSettings(scaleFactor: .nan), CascadeSettings(minimumNeighbors: -1),
    ])
    func settingsOutOfRangeAreRefused(settings: CascadeSettings) throws {
        let detector = try CascadeDetector(.frontalFaceDefault)
        let image = try Image(size: Size(width: 60, height: 60))
        #expect(throws: ImagingError.self) { try detector.detect(in: image, settings: settings) }
    }

    @Test func aTinyPictureHasNoFaces() throws {
        let detector = try CascadeDetector(.frontalFaceDefault)
        #expect(try detector.detect(in: Image(size: Size(width: 1, height: 1))).items.isEmpty)
    }

    /// The book's three pictures, where a folder with them is named.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["RETORT_BOOK_PICTURES"] != nil),
        arguments: [
            (
                CascadeModel.Name.frontalFaceAlt, "faces.jpg",
                """
                [151,29,193,71] [77,38,115,76] [448,37,490,79] [536,47,574,85] [357,48,399,90] [251,38,293,80] \
                [390,87,430,127] [54,89,97,132] [499,91,542,134] [159,95,198,134] [310,115,344,149] [225,116,265,156] \
                [81,172,127,218] [288,173,331,216] [509,170,553,214] [182,179,219,216] [400,174,444,218]
                """
            ),
            (.catFacesExtended, "cat.jpg", "[256,504,498,746]"), (.frontalFaceAlt, "car.jpg", ""),
        ])
    func theBooksBoxesAreFound(name: CascadeModel.Name, picture: String, boxes: String) throws {
        OpenCV.setThreads(1)
        let folder = ProcessInfo.processInfo.environment["RETORT_BOOK_PICTURES"] ?? ""
        let bytes = Array(try Data(contentsOf: URL(filePath: folder).appending(path: picture)))
        let found = try CascadeDetector(name).detect(in: Image(decoding: bytes)).boxes
        let expected = boxes.split(separator: " ").map { text in
            let edges = text.dropFirst().dropLast().split(separator: ",").compactMap { Double($0) }
            return Box(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
        }
        #expect(Set(found) == Set(expected))
    }
}
