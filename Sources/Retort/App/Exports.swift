// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// Whoever imports Retort means the whole of it: requests and responses, HTTP as values, the currency types for
// headers, files in the program.
@_exported public import HTTPTypes
@_exported public import RetortEmbedded
@_exported public import RetortServer
@_exported public import RetortWire
// Bodies are SwiftNIO's buffers.
@_exported public import struct NIOCore.ByteBuffer
