// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortImaging
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

struct DetectionsTests {
    static let things = Detections(
        [
            Detection(box: Box(left: 10, top: 20, right: 110, bottom: 70), label: "cat", classID: 15, score: 0.9),
            Detection(box: Box(left: 0, top: 0, right: 40, bottom: 200), label: "a <dog> & \"co\"", score: 0.5),
        ], in: Size(width: 200, height: 200))

    func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test func theJSONIsPlain() throws {
        #expect(
            try json(Detections([Self.things.items[0]], in: Size(width: 200, height: 100)))
                == #"{"detections":[{"box":[10,20,110,70],"class_id":15,"label":"cat","score":0.9}],"image":{"height":100,"width":200}}"#
        )
    }

    @Test func cocoHasCornerAndSize() throws {
        let set = Self.things.coco(fileName: "a.png")
        #expect(set.annotations[0].bbox == [10, 20, 100, 50])
        #expect(set.annotations[0].categoryID == 16 && set.annotations[0].area == 5_000)
        #expect(set.categories.map(\.name) == ["cat", "a <dog> & \"co\""])
        #expect(try json(set).contains(#""file_name":"a.png""#))
    }

    @Test func yoloHasPartsOfThePicture() {
        #expect(
            Self.things.yolo() == "15 0.300000 0.225000 0.500000 0.250000\n16 0.100000 0.500000 0.200000 1.000000\n")
        #expect(Detections([], in: Size(width: 1, height: 1)).yolo() == "")
    }

    @Test func pascalIsXML() throws {
        let text = Self.things.pascalVOC(fileName: "a&b.jpg")
        final class Names: NSObject, XMLParserDelegate {
            var texts: [String] = []
            func parser(_ parser: XMLParser, foundCharacters string: String) { texts.append(string) }
        }
        let names = Names()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = names
        #expect(parser.parse())
        let all = names.texts.joined()
        #expect(all.contains("a&b.jpg") && all.contains("a <dog> & \"co\""))
        #expect(text.contains("<xmin>11</xmin>") && text.contains("<ymax>70</ymax>"))
    }

    @Test func suppressionKeepsTheSurest() {
        let boxes = [(0.0, 0.9), (5, 0.8), (60, 0.7), (62, 0.95), (200, 0.2)].map { left, score in
            Detection(box: Box(x: left, y: 0, width: 50, height: 50), label: "x", score: score)
        }
        let kept = Detections(boxes, in: Size(width: 300, height: 50)).suppressed(minimumScore: 0.3)
        #expect(kept.items.map(\.score) == [0.95, 0.9])
        var other = boxes
        other[1].label = "y"
        #expect(Detections(other, in: Size(width: 300, height: 50)).suppressed(minimumScore: 0.3).items.count == 3)
        #expect(Detections(boxes, in: Size(width: 300, height: 50)).suppressed(most: 1).items.count == 1)
    }

    @Test func boxesAreScaled() {
        let scaled = Self.things.scaled(to: Size(width: 400, height: 100))
        #expect(scaled.items[0].box == Box(left: 20, top: 10, right: 220, bottom: 35))
        #expect(scaled.imageSize == Size(width: 400, height: 100))
    }

    @Test func masksComeBack() throws {
        let image = try Image(size: Size(width: 31, height: 17), colorSpace: .gray).drawing { canvas in
            try canvas.fill(Box(x: 3, y: 2, width: 11, height: 9), color: .white)
            try canvas.fill(Box(x: 20, y: 0, width: 11, height: 17), color: .white)
        }
        let mask = try Mask(image)
        #expect(mask.size == [17, 31])
        #expect(mask.area == 11 * 9 + 11 * 17)
        #expect(try mask.image().bytes() == image.bytes())
        #expect(throws: ImagingError.self) { try Mask(size: Size(width: 3, height: 3), counts: [4, 6]) }
        #expect(throws: ImagingError.self) { try Mask(size: Size(width: 3, height: 3), counts: [-1, 10]) }
    }

    @Test func boxesOverlap() {
        let box = Box(x: 0, y: 0, width: 10, height: 10)
        #expect(box.intersectionOverUnion(box) == 1)
        #expect(box.intersectionOverUnion(box.moved(x: 5, y: 0)) == 50.0 / 150)
        #expect(box.intersection(box.moved(x: 10, y: 0)) == nil)
    }
}
