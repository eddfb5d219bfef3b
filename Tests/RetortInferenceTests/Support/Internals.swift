// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import RetortInference

/// A face as its recognizer sees it, which users of the library need not.
func alignedFace(_ points: [PicturePoint], in picture: some Pixels) throws -> Tensor {
    try FaceRecognizer.aligned(points, in: picture)
}

/// The checksum of the files of vectors.
func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes(Checksum.of) }
