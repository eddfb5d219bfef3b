// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A trained cascade: what OpenCV's `CascadeClassifier` reads.
///
/// The named ones come with Debian's package `opencv-data`.
public struct CascadeModel: Sendable, Hashable {
    /// What it finds, as a label.
    public let label: String
    /// The XML.
    let xml: [UInt8]

    /// Makes a model from the bytes of an XML file.
    ///
    /// - Parameters:
    ///   - xml: The file.
    ///   - label: What it finds, as a label.
    public init(xml: [UInt8], label: String) {
        self.xml = xml
        self.label = label
    }

    /// Reads a model from a file.
    ///
    /// - Parameters:
    ///   - path: The path of the XML file.
    ///   - label: What it finds, as a label.
    /// - Throws: `ImagingError` when the file cannot be read, or has more than 64 MB.
    public init(contentsOf path: String, label: String) throws {
        guard let file = fopen(path, "rb") else {
            throw ImagingError(
                .unreadableFile, "The cascade \(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= 64 << 20 else {
                throw ImagingError(.tooLarge, "The cascade \(path) has more than 64 MB.")
            }
        }
        self.init(xml: bytes, label: label)
    }

    /// The cascades of `opencv-data`.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// Faces from the front; few false ones. The one of most tutorials.
        case frontalFaceAlt = "haarcascade_frontalface_alt"
        /// Faces from the front, by a tree of stumps.
        case frontalFaceAlt2 = "haarcascade_frontalface_alt2"
        /// Faces from the front; the fastest.
        case frontalFaceDefault = "haarcascade_frontalface_default"
        /// Faces from the side that look to the left.
        case profileFace = "haarcascade_profileface"
        /// Eyes, open or closed.
        case eyes = "haarcascade_eye"
        /// Eyes behind glasses.
        case eyesWithGlasses = "haarcascade_eye_tree_eyeglasses"
        /// Smiles, inside of a face.
        case smiles = "haarcascade_smile"
        /// Faces of cats from the front.
        case catFaces = "haarcascade_frontalcatface"
        /// Faces of cats from the front, with tilted features.
        case catFacesExtended = "haarcascade_frontalcatface_extended"
        /// Whole people.
        case bodies = "haarcascade_fullbody"
        /// People from the waist up.
        case upperBodies = "haarcascade_upperbody"
        /// People from the waist down.
        case lowerBodies = "haarcascade_lowerbody"
        /// Russian number plates.
        case plates = "haarcascade_russian_plate_number"

        /// What it finds, as a label.
        public var label: String {
            switch self {
            case .frontalFaceAlt, .frontalFaceAlt2, .frontalFaceDefault, .profileFace: "face"
            case .eyes, .eyesWithGlasses: "eye"
            case .smiles: "smile"
            case .catFaces, .catFacesExtended: "cat face"
            case .bodies: "person"
            case .upperBodies: "upper body"
            case .lowerBodies: "lower body"
            case .plates: "number plate"
            }
        }
    }

    /// The folders in which cascades are looked for, in this order.
    public static let folders = [
        "/usr/share/opencv4/haarcascades", "/usr/local/share/opencv4/haarcascades",
        "/opt/homebrew/share/opencv4/haarcascades",
    ]

    /// Reads a cascade that came with OpenCV.
    ///
    /// - Parameters:
    ///   - name: Which.
    ///   - folders: Where to look.
    /// - Throws: `ImagingError` when it is in none of the folders.
    public init(_ name: Name, in folders: [String] = CascadeModel.folders) throws {
        for folder in folders where access("\(folder)/\(name.rawValue).xml", R_OK) == 0 {
            try self.init(contentsOf: "\(folder)/\(name.rawValue).xml", label: name.label)
            return
        }
        throw ImagingError(
            .unreadableFile,
            "\(name.rawValue).xml is in none of \(folders.joined(separator: ", ")). Debian has it in the package opencv-data."
        )
    }
}
