// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Detections as a data set in COCO's form, which annotation tools and training programs read.
///
/// Boxes are `[x, y, width, height]` in pixels; categories are numbered as they come, from 1, unless the detections have
/// class numbers.
/// Source: the COCO data format.
public struct COCO: Encodable, Sendable, Hashable {
    /// A picture of the set.
    public struct Picture: Encodable, Sendable, Hashable {
        /// Its number.
        public var id: Int
        /// Its width in pixels.
        public var width: Int
        /// Its height in pixels.
        public var height: Int
        /// The name of its file.
        public var fileName: String

        enum CodingKeys: String, CodingKey {
            case id, width, height
            case fileName = "file_name"
        }
    }

    /// A thing in a picture.
    public struct Annotation: Encodable, Sendable, Hashable {
        /// Its number, from 1.
        public var id: Int
        /// The number of the picture.
        public var imageID: Int
        /// The number of its category.
        public var categoryID: Int
        /// `[x, y, width, height]` in pixels.
        public var bbox: [Double]
        /// The area in pixels²; of the mask where there is one.
        public var area: Double
        /// 1 when a mask is run-length encoded, else 0.
        public var iscrowd: Int
        /// How sure the finder was.
        public var score: Double?
        /// The pixels that belong to it.
        public var segmentation: Mask?
        /// x, y and visibility (2: seen) of each keypoint.
        public var keypoints: [Double]?
        /// How many keypoints there are.
        public var keypointCount: Int?

        enum CodingKeys: String, CodingKey {
            case id, bbox, area, iscrowd, score, segmentation, keypoints
            case imageID = "image_id"
            case categoryID = "category_id"
            case keypointCount = "num_keypoints"
        }
    }

    /// A class of things.
    public struct Category: Encodable, Sendable, Hashable {
        /// Its number.
        public var id: Int
        /// Its name.
        public var name: String
    }

    /// The pictures.
    public var images: [Picture]
    /// The things in them.
    public var annotations: [Annotation]
    /// The classes of things.
    public var categories: [Category]
}

extension Detections {
    /// The detections as a COCO data set of one picture.
    ///
    /// - Parameter fileName: The name of the picture's file.
    /// - Returns: The set.
    public func coco(fileName: String = "image.jpg") -> COCO {
        let classes = numberedClasses(first: 1)
        let annotations = zip(1..., zip(items, classes.numbers)).map { id, entry in
            let (item, category) = entry
            return COCO.Annotation(
                id: id, imageID: 1, categoryID: category,
                bbox: [item.box.left, item.box.top, item.box.width, item.box.height],
                area: item.mask.map { Double($0.area) } ?? item.box.area, iscrowd: item.mask == nil ? 0 : 1,
                score: item.score, segmentation: item.mask,
                keypoints: item.keypoints.isEmpty ? nil : item.keypoints.flatMap { [$0.point.x, $0.point.y, 2] },
                keypointCount: item.keypoints.isEmpty ? nil : item.keypoints.count)
        }
        return COCO(
            images: [COCO.Picture(id: 1, width: imageSize.width, height: imageSize.height, fileName: fileName)],
            annotations: annotations,
            categories: classes.names.map { COCO.Category(id: $0.number, name: $0.name) })
    }

    /// A number for the class of each detection, and the name of each number.
    func numberedClasses(first: Int) -> (numbers: [Int], names: [(number: Int, name: String)]) {
        var known: [String: Int] = [:]
        var names: [(number: Int, name: String)] = []
        let numbers = items.map { item in
            let name = item.label ?? item.classID.map { "class \($0)" } ?? "object"
            if let number = known[name] { return number }
            let number = item.classID.map { $0 + first } ?? (names.map(\.number).max() ?? first - 1) + 1
            known[name] = number
            names.append((number, name))
            return number
        }
        return (numbers, names.sorted { $0.number < $1.number })
    }
}
