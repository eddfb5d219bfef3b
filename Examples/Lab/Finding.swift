// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab

/// What the cascades of OpenCV find.
enum Thing: String, Codable, CaseIterable, Sendable {
    case faces, profiles, eyes, smiles
    case catFaces = "cat-faces"
    case people
    case upperBodies = "upper-bodies"
    case plates

    var cascade: CascadeModel.Name {
        switch self {
        case .faces: .frontalFaceAlt
        case .profiles: .profileFace
        case .eyes: .eyesWithGlasses
        case .smiles: .smiles
        case .catFaces: .catFacesExtended
        case .people: .bodies
        case .upperBodies: .upperBodies
        case .plates: .plates
        }
    }
}

/// One detector for each thing, loaded at the start.
struct Detectors: Sendable {
    private let all: [Thing: CascadeDetector]
    private let faces: CascadeDetector

    init() throws {
        faces = try CascadeDetector(.frontalFaceAlt)
        all = try Dictionary(uniqueKeysWithValues: Thing.allCases.map { ($0, try CascadeDetector($0.cascade)) })
    }

    subscript(thing: Thing) -> CascadeDetector { all[thing] ?? faces }
}

/// What to look for, and how hard.
struct FindOptions: Input {
    /// What is looked for.
    @Field var thing: Thing = .faces
    /// How many neighbours agree at least: more means fewer false ones.
    @Field(in: 1...20, step: 1) var neighbors = 5
    /// The smallest thing, in pixels of the picture that is looked at.
    @Field(in: 10...400, step: 5, unit: "px") var minimumSize = 25
    /// How much larger the next size is that is looked for: near 1 is slow and thorough.
    @Field(in: 1.01...2, step: 0.01) var scaleFactor = 1.1
    /// The longer side of the picture that is looked at: smaller is far faster.
    @Field(in: 160...2_000, step: 20, unit: "px") var workingSize = 640

    var settings: CascadeSettings {
        CascadeSettings(
            scaleFactor: scaleFactor, minimumNeighbors: neighbors,
            minimumSize: Size(width: minimumSize, height: minimumSize))
    }
}

/// What to hide.
struct HideOptions: Input {
    /// How many squares a face is across.
    @Field(in: 2...20, step: 1) var squares = 7
}

/// Things in pictures.
struct Finding: Blueprint {
    let detectors: Detectors

    func routes(_ r: inout Routes) {
        r.on([.get, .post], "/find", [.summary("Faces, eyes, cats, people"), .tags("find")], use: find)
        r.on([.get, .post], "/hide-faces", [.summary("Faces made unrecognisable"), .tags("find")], use: hide)
        r.on([.get, .post], "/codes", [.summary("QR codes and bar codes"), .tags("find")]) { (photo: ImageInput) in
            photo.answer(.gray) { FoundCodes(try $0.codes(), in: $0.size) }
        }
        r.post("/album", .summary("Faces in many pictures, with progress"), .tags("find"), use: album)
    }

    func find(photo: ImageInput, options: Query<FindOptions>) -> PictureAnswer<Detections> {
        photo.answer(
            finding: detectors[options.thing], workingSize: options.workingSize, settings: options.value.settings)
    }

    func hide(photo: ImageInput, options: Query<HideOptions>) -> PictureAnswer<Image> {
        photo.answer { image in
            let faces = try detectors[.faces].detect(in: image, workingSize: 640)
            return try image.drawing { canvas in
                for box in faces.boxes {
                    guard let inside = box.rounded.intersection(image.bounds) else { continue }
                    let block = max(2, Int(inside.width) / options.squares)
                    let squares = try image.cropped(to: inside).pixelated(block: block)
                    try canvas.picture(squares, at: Point(inside.left, inside.top))
                }
            }
        }
    }

    func album(photos: ImageInputs) -> Progress<[Detections]> {
        Progress { report in
            var found: [Detections] = []
            for (index, photo) in photos.enumerated() {
                found.append(try await photo.find(detectors[.faces]))
                try await report(index + 1, of: photos.count, photo.name)
            }
            return found
        }
    }
}
