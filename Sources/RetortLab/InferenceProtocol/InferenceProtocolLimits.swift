// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How much a request of the Open Inference Protocol may have.
public struct InferenceProtocolLimits: Sendable, Hashable {
    /// The most bytes of a request, JSON and tensors together; 64 MiB by default.
    public var bodyBytes = 64 << 20

    /// The most bytes of a request that is nothing but JSON; 16 MiB by default.
    ///
    /// Numbers in JSON need ten times their bytes while they are read. Over gRPC it is the limit of each tensor whose elements
    /// are sent one by one.
    public var jsonBytes = 16 << 20

    /// The most bytes of JSON in front of binary tensors; 1 MiB by default.
    public var headerBytes = 1 << 20

    /// The most inputs, and the most outputs, that a request names; 256 by default.
    public var tensors = 256

    /// The most dimensions of a tensor; 16 by default, which is also the most that is possible.
    public var dimensions = 16

    /// The most bytes of a request's own name, its `id`; 1,024 by default.
    public var idBytes = 1_024

    /// The most bytes of a request that loads a model or asks for the index; 64 KiB by default.
    public var controlBytes = 64 << 10

    /// Creates limits with their defaults.
    public init() {}
}
