// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV
internal import Synchronization

/// Finds things with a trained cascade, from as many threads as you like.
///
/// OpenCV's classifier keeps its work in itself: two threads that share one get wrong boxes, or crash. So this is a pool:
/// each call has a classifier of its own, made when the pool is empty and kept for the next call.
///
///     let faces = try CascadeDetector(.frontalFaceAlt)
///     let found = try faces.detect(in: image)       // image may be large: see `detect(in:workingSize:)`
///
/// Source: P. Viola, M. Jones, "Rapid Object Detection using a Boosted Cascade of Simple Features", 2001.
public struct CascadeDetector: Sendable {
    /// What it finds, as a label.
    public var label: String { pool.model.label }
    /// How it looks.
    public var settings: CascadeSettings

    private let pool: CascadePool

    /// Makes a detector, and one classifier, so that a broken model shows at once.
    ///
    /// - Parameters:
    ///   - model: The trained cascade.
    ///   - settings: How it looks.
    /// - Throws: `ImagingError` when the model is no cascade or the settings are out of range.
    public init(_ model: CascadeModel, settings: CascadeSettings = CascadeSettings()) throws {
        try settings.check()
        pool = try CascadePool(model)
        self.settings = settings
    }

    /// Makes a detector with a cascade that came with OpenCV.
    ///
    /// - Parameters:
    ///   - name: Which.
    ///   - settings: How it looks.
    /// - Throws: `ImagingError` when the cascade is not installed.
    public init(_ name: CascadeModel.Name, settings: CascadeSettings = CascadeSettings()) throws {
        try self.init(CascadeModel(name), settings: settings)
    }

    /// Looks at a picture.
    ///
    /// - Parameters:
    ///   - image: The picture; its brightness is looked at.
    ///   - workingSize: The most pixels of the longer side: a larger picture is made smaller first, which is far faster and
    ///     loses only things that are small in it. `nil` looks at every pixel.
    ///   - settings: How to look, instead of the detector's own.
    /// - Returns: What was found, in pixels of `image`; the score is how many neighbours agree.
    /// - Throws: `ImagingError` for settings out of range.
    public func detect(
        in image: Image, workingSize: Int? = nil, settings: CascadeSettings? = nil
    ) throws -> Detections {
        let settings = settings ?? self.settings
        try settings.check()
        var small = try image.gray8()
        if let workingSize { small = try small.resized(toFit: workingSize) }
        let found = try pool.withClassifier { classifier in
            try elements(of: rcv_found.self) { out, error in
                rcv_cascade_detect(
                    classifier, small.storage.handle, settings.scaleFactor, clamped(settings.minimumNeighbors),
                    clamped(settings.minimumSize.width), clamped(settings.minimumSize.height),
                    clamped(settings.maximumSize?.width ?? 0), clamped(settings.maximumSize?.height ?? 0), out, error)
            }
        }
        let items = found.map { Detection(box: Box($0.box), label: label, score: $0.weight) }
        return Detections(items, in: small.size).scaled(to: image.size)
    }
}

/// Classifiers that nobody uses at the moment.
final class CascadePool: Sendable {
    let model: CascadeModel
    private let idle: Mutex<[CascadeClassifier]>

    init(_ model: CascadeModel) throws {
        self.model = model
        idle = Mutex([try CascadeClassifier(model)])
    }

    /// Lends a classifier to one caller.
    func withClassifier<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result {
        let classifier = try idle.withLock { $0.popLast() } ?? CascadeClassifier(model)
        defer { idle.withLock { $0.append(classifier) } }
        return try body(classifier.handle)
    }
}

/// OpenCV's classifier, freed with its owner.
final class CascadeClassifier: Sendable {
    /// Used by one caller at a time: the pool lends it and takes it back.
    nonisolated(unsafe) let handle: OpaquePointer

    init(_ model: CascadeModel) throws {
        var made: OpaquePointer?
        try call { error in
            model.xml.withUnsafeBytes { bytes in
                rcv_cascade_load(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, &made, error)
            }
        }
        guard let made else { throw ImagingError(.outOfMemory, "No classifier was made.") }
        handle = made
    }

    deinit { rcv_cascade_free(handle) }
}
