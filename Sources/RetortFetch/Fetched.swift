// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What answers are accepted.
public struct FetchContent: Sendable {
    /// How many bytes of an answer are looked at before the rest is read.
    static let firstBytes = 64

    /// The value of the `Accept` header.
    let accept: String

    /// What it is called in a sentence, such as `a picture`.
    let name: String

    /// Whether the first bytes may be the beginning of such an answer.
    let begins: @Sendable ([UInt8]) -> Bool

    /// Everything.
    public static let anything = FetchContent(accept: "*/*", name: "anything") { _ in true }

    /// Creates a kind of answer that is told by its first bytes, whatever its header says.
    ///
    /// - Parameters:
    ///   - accept: The value of the `Accept` header, such as `image/*`.
    ///   - name: What it is called in a sentence, such as `a picture`.
    ///   - begins: Whether the first bytes, at most 64, may be the beginning of such an answer.
    public init(accept: String, name: String, begins: @escaping @Sendable ([UInt8]) -> Bool) {
        self.accept = accept
        self.name = name
        self.begins = begins
    }
}

/// What was fetched.
public struct Fetched: Sendable {
    /// The URL that answered, behind all redirects.
    public let url: String

    /// The value of its `Content-Type` header, if it has one.
    ///
    /// The other side may say what it likes.
    public let contentType: String?

    /// The body.
    public let bytes: [UInt8]

    /// How long everything took.
    public let duration: Duration
}
