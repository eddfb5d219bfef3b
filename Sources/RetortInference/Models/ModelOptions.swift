// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How a model is compiled and used.
public struct ModelOptions: Sendable, Hashable {
    /// What the engine strives for.
    public enum Goal: Sendable, Hashable {
        /// The least time for one request: all cores work on it together.
        case latency
        /// The most requests in a time: several at once, each on few cores.
        case throughput
        /// Both: a request that is alone is computed by all cores, and when others come, each by a core of its own.
        ///
        /// For that the model is compiled a second time when requests come together for the first time, without anybody
        /// waiting for it. Cores that work together on one request wait for each other many times; where a server decodes
        /// pictures and writes answers at the same time, that costs up to half of the work.
        case adaptive
    }

    /// In which precision numbers are multiplied and added.
    public enum Precision: String, Sendable, Hashable {
        /// 32 bits, the same on every machine.
        case float32 = "f32"
        /// 16 bits with a wide range, where the processor has instructions for it.
        case bfloat16 = "bf16"
        /// 16 bits, where the processor has instructions for it.
        case float16 = "f16"
    }

    /// The device that computes, "CPU" by default.
    public var device = "CPU"

    /// What the engine strives for, ``Goal/adaptive`` by default.
    public var goal: Goal = .adaptive

    /// In which precision it computes; `nil`, the default, leaves it to the engine (``Engine/precision``).
    public var precision: Precision?

    /// How many requests the engine computes at once; `nil` leaves it to the goal.
    public var streams: Int?

    /// How many threads compute; `nil` uses all cores.
    public var threads: Int?

    /// How many requests are given to the engine at a time; `nil` leaves it to the engine.
    public var requests: Int?

    /// Shapes of inputs by name that replace those of the file.
    ///
    /// Fixed ones are faster than open ones.
    public var shapes: [String: [AxisLength]] = [:]

    /// What callers give to inputs, by their names, in place of what the file wants.
    public var conversions: [String: InputConversion] = [:]

    /// How requests wait, and whether they are computed together.
    public var queue = QueueOptions()

    /// Whether zeros are computed before the model counts as loaded, so that the first request is as fast as others.
    public var warmsUp = true

    /// Further properties of OpenVINO by name, at most three.
    public var properties: [String: String] = [:]

    /// Creates options with their defaults.
    public init() {}
}
