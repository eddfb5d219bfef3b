// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
import RetortWire

/// The pictures of an index that look like one.
public struct SimilarPictures: Encodable, Sendable, Hashable, SchemaDescribing {
    /// A picture of the index.
    public struct Picture: Encodable, Sendable, Hashable {
        /// Its number in the index.
        public var id: Int
        /// What it is called.
        public var name: String
        /// The cosine of the angle between both vectors, -1 to 1: from about 0.95 on nearly the same picture.
        public var similarity: Double?
        /// The width of the original in pixels.
        public var width: Int
        /// The height of the original in pixels.
        public var height: Int
        /// Where its small copy is; nil outside of a ``PictureGallery``.
        public var thumbnail: String?

        init(_ entry: PictureIndex.Entry, similarity: Float? = nil) {
            (id, name, width, height) = (entry.id, entry.name, entry.width, entry.height)
            self.similarity = similarity.map(tidy)
        }
    }

    /// The pictures, most similar first.
    public var pictures: [Picture]
    /// How many the index has.
    public var total: Int

    init(_ pictures: [Picture], of total: Int) { (self.pictures, self.total) = (pictures, total) }

    /// What the JSON looks like.
    ///
    /// - Parameter table: Not needed.
    /// - Returns: The schema.
    public static func schema(in table: inout SchemaTable) -> Schema {
        let picture = Schema.object(
            [
                ("id", .integer), ("name", .string),
                ("similarity", Schema.number.described("The cosine between the vectors, -1 to 1.")),
                ("width", .integer), ("height", .integer),
                ("thumbnail", Schema.string.described("Where its small copy is.")),
            ], required: ["id", "name", "width", "height"])
        var schema = Schema.object(
            [("pictures", .array(of: picture)), ("total", Schema.integer.described("How many there are."))],
            required: ["pictures", "total"])
        schema["x-retort-kind"] = "pictures"
        return schema
    }
}
