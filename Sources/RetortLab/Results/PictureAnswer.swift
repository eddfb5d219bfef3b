// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
import RetortCompute
public import RetortImaging
import RetortInference
public import RetortServer
import RetortWire

/// An answer that is made out of a picture, in the form that the client wants; see `ImageInput.answer`.
public struct PictureAnswer<Result: PictureResult>: ResponseConvertible {
    private let input: ImageInput
    private let plan: DecodePlan
    private let work: Work

    private enum Work: Sendable {
        case now(@Sendable (Image) throws -> Result)
        case later(@Sendable (Image) async throws -> Result)
    }

    init(_ input: ImageInput, _ plan: DecodePlan, _ work: @escaping @Sendable (Image) throws -> Result) {
        (self.input, self.plan, self.work) = (input, plan, .now(work))
    }

    init(_ input: ImageInput, _ plan: DecodePlan, later work: @escaping @Sendable (Image) async throws -> Result) {
        (self.input, self.plan, self.work) = (input, plan, .later(work))
    }

    /// Always: the work is done on a thread of the pool.
    public var needsWaiting: Bool { true }

    /// Not made without waiting.
    ///
    /// - Parameter request: The request.
    /// - Returns: Nothing.
    /// - Throws: Always, since ``laterResponse(to:)`` makes the response.
    public func response(to request: Request) throws -> Response {
        throw HTTPError(.internalServerError, "The answer is made on another thread.")
    }

    /// Does the work and makes the response.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response, or 304 for a client that has it.
    /// - Throws: `HTTPError` (406, 422) for a form that the result does not have; `ImagingError`; `ComputeError` (503).
    public func laterResponse(to request: Request) async throws -> Response? {
        let choice = try Negotiated(request, among: Result.forms)
        let tag = tag(of: request, choice)
        var response = Response()
        response.headers[.eTag] = tag.headerValue
        response.headers[.vary] = "Accept"
        let isSafe = request.method == .get || request.method == .head
        if isSafe {
            response.headers[.cacheControl] = "private, no-cache"
            if let known = request.header(.ifNoneMatch), ETagSet(headerValue: known).weaklyContains(tag) {
                response.status = .notModified
                return response
            }
        }
        response.headers[.contentType] = choice.form.mediaType
        response.body = .bytes(try await bytes(choice))
        return response
    }

    private func bytes(_ choice: Negotiated) async throws -> [UInt8] {
        let asked = ContinuousClock.now
        switch work {
        case .now(let work):
            return try await input.lab.pool.run { [input, plan] job in
                input.stages?.add("queue", .now - asked)
                let image = try input.decoded(plan)
                try job.checkCancellation()
                let result = try input.stages.measure("work") { try work(image) }
                try job.checkCancellation()
                return try Self.encoded(result, of: image, input, plan, choice)
            }
        case .later(let work):
            // All of it beside the loop, which is not gone back to in between.
            return try await besideTheLoop { [input, plan] in
                let image = try await input.lab.pool.run {
                    input.stages?.add("queue", .now - asked)
                    return try input.decoded(plan)
                }
                let result = try await work(image)
                // Texts are written sooner than a thread of the pool wakes up.
                guard choice.form.imageFormat != nil else {
                    return try Self.encoded(result, of: image, input, plan, choice)
                }
                return try await input.lab.pool.run(isContinuation: true) {
                    try Self.encoded(result, of: image, input, plan, choice)
                }
            }
        }
    }

    private static func encoded(
        _ result: Result, of image: Image, _ input: ImageInput, _ plan: DecodePlan, _ choice: Negotiated
    ) throws -> [UInt8] {
        try input.stages.measure("encode") {
            try result.scaled(from: image.size, to: input.size).bytes(as: choice.form, quality: choice.quality) {
                // What the work saw will do where it is the whole picture in colour.
                plan == .standard ? image : try input.decoded()
            }
        }
    }

    /// A tag of everything that the answer depends on: the input, the options, the form, and the versions.
    private func tag(of request: Request, _ choice: Negotiated) -> ETag {
        let text =
            "\(input.fingerprint.tag) \(request.path)?\(request.queryString ?? "") \(choice.form.name) "
            + "\(OpenCV.version) \(Lab.answerVersion)"
        return ETag(hashing: Array(text.utf8))
    }

    /// Describes the forms of the result.
    ///
    /// - Parameter operation: Takes the answers.
    public static func describeResult(in operation: inout OperationDescription) {
        Result.describeForms(in: &operation)
    }
}

extension Lab {
    /// Changes with the way in which answers are made, so that clients do not keep older ones.
    static let answerVersion = 1
}

extension ImageInput {
    /// An answer that is JSON: a number, a list, any encodable value.
    ///
    /// - Parameters:
    ///   - plan: Colours and size that the work needs.
    ///   - work: Makes the value out of the picture.
    /// - Returns: The answer.
    @_disfavoredOverload
    public func answer<Value: Encodable & Sendable>(
        _ plan: DecodePlan = .standard, _ work: @escaping @Sendable (Image) throws -> Value
    ) -> PictureAnswer<Measured<Value>> {
        PictureAnswer(self, plan) { Measured(try work($0)) }
    }
}
