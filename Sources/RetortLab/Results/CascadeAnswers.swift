// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortImaging

extension ImageInput {
    /// An answer of what a cascade finds.
    ///
    ///     let faces = try CascadeDetector(.frontalFaceAlt)
    ///     app.post("/faces") { (photo: ImageInput) in photo.answer(finding: faces) }
    ///
    /// - Parameters:
    ///   - detector: The cascade.
    ///   - workingSize: The most pixels of the longer side of the picture that is looked at; nil looks at every pixel. The
    ///     boxes are in pixels of the original either way.
    ///   - settings: How to look, in pixels of the picture that is looked at; nil for the detector's own.
    /// - Returns: The answer: JSON, the annotated picture, COCO, YOLO or Pascal VOC.
    public func answer(
        finding detector: CascadeDetector, workingSize: Int? = 640, settings: CascadeSettings? = nil
    ) -> PictureAnswer<Detections> {
        answer(DecodePlan(colors: .gray, longestSide: workingSize)) { image in
            try detector.detect(in: image, settings: settings)
        }
    }

    /// Finds what a cascade finds, on a thread of the lab's pool.
    ///
    /// - Parameters:
    ///   - detector: The cascade.
    ///   - workingSize: As for ``answer(finding:workingSize:settings:)``.
    ///   - settings: As for ``answer(finding:workingSize:settings:)``.
    /// - Returns: What was found, in pixels of the original.
    /// - Throws: `ImagingError` for a damaged file; `ComputeError` when the pool is full.
    public func find(
        _ detector: CascadeDetector, workingSize: Int? = 640, settings: CascadeSettings? = nil
    ) async throws -> Detections {
        let size = size
        return try await run(DecodePlan(colors: .gray, longestSide: workingSize)) { image in
            try detector.detect(in: image, settings: settings).scaled(from: image.size, to: size)
        }
    }
}
