// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
import RetortWire

/// The two pictures of a request that compares them.
///
///     app.post("/same") { (photos: ImagePair) async throws in
///         try await photos.first.likeness(to: photos.second, detector: faces, recognizer: recognizer)
///     }
///
/// They come as ``ImageInputs`` do. One picture, or more than two, are answered 422.
public struct ImagePair: RequestArgument {
    /// The picture that came first.
    public let first: ImageInput
    /// The other one.
    public let second: ImageInput

    /// Makes a pair, as a test may want it.
    ///
    /// - Parameters:
    ///   - first: A picture.
    ///   - second: Another one.
    public init(_ first: ImageInput, _ second: ImageInput) { (self.first, self.second) = (first, second) }

    /// Reads the pictures of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The pictures.
    /// - Throws: As ``ImageInputs/make(from:path:)``; `HTTPError` with status 422 where there are not two.
    public static func make(from request: Request, path: inout PathValues) async throws -> ImagePair {
        let all = try await ImageInputs.make(from: request, path: &path)
        guard all.count == 2 else {
            throw HTTPError(.unprocessableContent, "Two pictures are compared, and the request has \(all.count).")
        }
        return ImagePair(all[0], all[1])
    }
}
