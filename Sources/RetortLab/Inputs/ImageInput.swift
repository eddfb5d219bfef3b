// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
import RetortCompute
public import RetortImaging
import RetortServer
import RetortWire

/// A picture that a handler asks for, however it comes.
///
///     app.post("/edges") { (photo: ImageInput) in
///         photo.answer(.gray) { try $0.canny() }
///     }
///
/// It comes as a file of a form, as the body itself, by `?url=` (an `http`, `https` or `data:` URL), or in JSON as
/// `{"image": "<base64 or data: URL>"}` or `{"url": "…"}`. The header has been read and the limits of the lab checked; no
/// pixel has been decoded yet, so that decoding can be planned by what the work needs.
///
/// Without a picture the answer is 422, and an `ImageInput?` is nil; what is no picture is 415, one that is too large
/// 413, and a damaged one 422.
public struct ImageInput: RequestArgument {
    /// The file.
    public let bytes: [UInt8]

    /// What the file says about itself.
    public let header: ImageHeader

    /// The name of the file or the URL that it came from, as the client says; nil where nobody said.
    public let name: String?

    let lab: Lab
    let stages: Stages?
    /// What tells this request's input from others: the picture, and the fields that came with it.
    let fingerprint: ETag

    /// The size of the upright picture.
    public var size: Size { header.uprightSize }

    /// Makes an input from a file, as a test may want it.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - name: Its name.
    ///   - lab: The lab whose limits hold.
    /// - Throws: `ImagingError` for what is no picture, or one beyond the limits.
    public init(_ bytes: [UInt8], name: String? = nil, lab: Lab = Lab()) throws {
        try self.init(Arrived(bytes: bytes, name: name, extra: []), lab, nil)
    }

    init(_ arrived: Arrived, _ lab: Lab, _ stages: Stages?) throws {
        header = try lab.limits.check(arrived.bytes)
        bytes = arrived.bytes
        name = arrived.name
        self.lab = lab
        self.stages = stages
        let picture = ETag(hashing: arrived.bytes)
        fingerprint = arrived.extra.isEmpty ? picture : ETag(hashing: Array(picture.tag.utf8) + arrived.extra)
    }

    /// Decodes on the calling thread: for use inside of a pool.
    ///
    /// - Parameter plan: Colours and size.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for a damaged file.
    public func decoded(_ plan: DecodePlan = .standard) throws -> Image {
        try stages.measure("decode") { try Image(decoding: bytes, header: header, plan: plan, limits: lab.limits) }
    }

    /// Decodes and works on a thread of the lab's pool.
    ///
    /// - Parameters:
    ///   - plan: Colours and size.
    ///   - work: What is done with the picture.
    /// - Returns: What the work returns.
    /// - Throws: `ImagingError` for a damaged file; `ComputeError` when the pool is full; what the work throws.
    public func run<Result: Sendable>(
        _ plan: DecodePlan = .standard, _ work: @escaping @Sendable (Image) throws -> Result
    ) async throws -> Result {
        let asked = ContinuousClock.now
        return try await lab.pool.run { [self] in
            stages?.add("queue", .now - asked)
            let image = try decoded(plan)
            return try stages.measure("work") { try work(image) }
        }
    }

    /// Decodes on a thread of the lab's pool.
    ///
    /// - Parameter plan: Colours and size.
    /// - Returns: The picture.
    /// - Throws: As ``run(_:_:)``.
    public func image(_ plan: DecodePlan = .standard) async throws -> Image { try await run(plan) { $0 } }

    /// An answer that is made when it is known what the client wants: decoding, work and encoding in one go on one thread.
    ///
    /// Whoever has the answer already (`If-None-Match`) costs no work at all.
    ///
    /// - Parameters:
    ///   - plan: Colours and size that the work needs. Places in the result are given in pixels of the original.
    ///   - work: Makes the result out of the picture.
    /// - Returns: The answer: as JSON, as a picture, or in what other forms the result has.
    public func answer<Result: PictureResult>(
        _ plan: DecodePlan = .standard, _ work: @escaping @Sendable (Image) throws -> Result
    ) -> PictureAnswer<Result> {
        PictureAnswer(self, plan, work)
    }

    /// An answer whose work waits, such as for a network: decoding and encoding happen on threads of the lab's pool, the
    /// work where it likes.
    ///
    /// - Parameters:
    ///   - plan: Colours and size that the work needs. Places in the result are given in pixels of the original.
    ///   - work: Makes the result out of the picture.
    /// - Returns: The answer: as JSON, as a picture, or in what other forms the result has.
    public func answer<Result: PictureResult>(
        _ plan: DecodePlan = .standard, _ work: @escaping @Sendable (Image) async throws -> Result
    ) -> PictureAnswer<Result> {
        PictureAnswer(self, plan, later: work)
    }

    /// Reads the picture of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The picture.
    /// - Throws: `MissingValue` with status 422 where there is none; `ImagingError` (413, 415, 422); `FetchError` for a
    ///   URL that cannot or may not be fetched; what reading a form throws.
    public static func make(from request: Request, path: inout PathValues) async throws -> ImageInput {
        let lab = request.lab
        let stages = request[StagesKey.self]
        guard let arrived = try await ImageArrival(request, lab, stages).all(upTo: 1).first else {
            throw ImageArrival.missing(on: request)
        }
        return try ImageInput(arrived, lab, stages)
    }
}

/// Several pictures of one request: all files of a form, all `?url=`, or `{"images": [...]}` in JSON.
///
///     app.post("/compare") { (photos: ImageInputs) in … }
///
/// At least one is there; more than the lab takes are answered 413.
public struct ImageInputs: RequestArgument, RandomAccessCollection {
    /// The pictures, in their order.
    public let images: [ImageInput]

    /// The first index.
    public var startIndex: Int { images.startIndex }
    /// The index behind the last picture.
    public var endIndex: Int { images.endIndex }

    /// A picture.
    ///
    /// - Parameter index: Its place, from 0.
    public subscript(index: Int) -> ImageInput { images[index] }

    /// Makes inputs, as a test may want them.
    ///
    /// - Parameter images: The pictures.
    public init(_ images: [ImageInput]) { self.images = images }

    /// Reads the pictures of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The pictures.
    /// - Throws: As ``ImageInput/make(from:path:)``; `HTTPError` with status 413 for too many.
    public static func make(from request: Request, path: inout PathValues) async throws -> ImageInputs {
        let lab = request.lab
        let stages = request[StagesKey.self]
        let arrived = try await ImageArrival(request, lab, stages).all(upTo: lab.mostImages)
        guard !arrived.isEmpty else { throw ImageArrival.missing(on: request) }
        return ImageInputs(try arrived.map { try ImageInput($0, lab, stages) })
    }
}
