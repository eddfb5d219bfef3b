// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// OpenCV's matrix, freed with the last picture that uses it.
///
/// The pixels behind it are never written once a second reference can exist: operations make new matrices, and drawing
/// happens on a clone that has one owner. That makes sharing between threads safe.
final class ImageStorage: Sendable {
    /// The handle of COpenCV; a pointer to memory that nobody writes, so it may be read from any thread.
    nonisolated(unsafe) let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { rcv_release(handle) }
}
