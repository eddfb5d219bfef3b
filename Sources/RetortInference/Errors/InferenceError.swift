// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Why tensors, models or what is made of them did not do what was asked.
public struct InferenceError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    ///
    /// An open set.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name in words joined by hyphens.
        public let description: String

        /// Creates a code.
        ///
        /// - Parameter name: Words joined by hyphens.
        public init(_ name: String) { description = name }

        /// OpenVINO is not installed.
        public static let engineMissing = Code("engine-missing")
        /// The engine failed at something that should work.
        public static let engineFailed = Code("engine-failed")
        /// A file of a model cannot be read, or is not a model.
        public static let unreadableModel = Code("unreadable-model")
        /// There is no model or version of that name.
        public static let unknownModel = Code("unknown-model")
        /// The model is there, but cannot be used now.
        public static let notReady = Code("not-ready")
        /// A description of a model is not right.
        public static let invalidDescription = Code("invalid-description")
        /// An input has a name that the model does not know, or one is missing.
        public static let inputNames = Code("input-names")
        /// A tensor has another type than is wanted.
        public static let wrongType = Code("wrong-type")
        /// A tensor has another shape than is wanted, or one that is no shape.
        public static let wrongShape = Code("wrong-shape")
        /// Bytes are not what they should be.
        public static let invalidData = Code("invalid-data")
        /// Something is larger than a limit.
        public static let tooLarge = Code("too-large")
        /// More is waiting than may wait.
        public static let overloaded = Code("overloaded")
        /// A file that results are kept in cannot be read or written.
        public static let fileFailed = Code("file-failed")
        /// It was not done in time.
        public static let deadlinePassed = Code("deadline-passed")
    }

    /// What kind of failure it was.
    public var code: Code

    /// One sentence that is safe to send to the client.
    public var message: String

    /// What lies beneath, for the log only: it can name files and addresses.
    public var underlying: String?

    /// After which time another try has a chance, where that is known.
    public var retryAfter: Duration?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it was.
    ///   - message: One sentence that is safe to send to the client.
    ///   - underlying: What lies beneath, for the log only.
    ///   - retryAfter: After which time another try has a chance.
    public init(_ code: Code, _ message: String, underlying: String? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
        self.retryAfter = retryAfter
    }

    /// The status of an answer that reports this error: 400, 404, 413, 503 or 504, and 500 for what is no fault of the
    /// client.
    public var status: Int {
        switch code {
        case .inputNames, .wrongType, .wrongShape, .invalidData: 400
        case .unknownModel: 404
        case .tooLarge: 413
        case .overloaded, .notReady, .engineMissing: 503
        case .deadlinePassed: 504
        default: 500
        }
    }

    /// The code, then the sentence.
    public var description: String { "\(code): \(message)\(underlying.map { " (\($0))" } ?? "")" }
}
