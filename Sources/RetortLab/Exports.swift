// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// Whoever writes a picture handler names these types: the app, the pictures, the threads and the policy of the fetcher.
@_exported public import Retort
@_exported public import RetortCompute
@_exported public import RetortFetch
@_exported public import RetortImaging
