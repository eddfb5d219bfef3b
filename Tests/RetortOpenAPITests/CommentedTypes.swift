// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort

/// Where to look for faces.
struct CommentedOptions: Input {
    /// Smallest score of a face that is kept.
    ///
    /// Lower finds more, and more that are none.
    @Field(in: 0...1) var minimumScore = 0.5

    /// What the answer is.
    @Field var format: CommentedFormat = .json

    @Field(description: "Said in code.") var label: String?
}

/// What an answer is.
enum CommentedFormat: String, Codable, CaseIterable, Sendable {
    /// Boxes and scores.
    case json
    /// The picture with boxes drawn.
    case jpeg
    case png
}

/// A face that was found.
struct CommentedFace: Codable {
    /// Between 0 and 1.
    var score: Double
}

private struct HiddenOptions: Input {
    /// Nobody can name this type from another file.
    @Field var secret = 1
}
