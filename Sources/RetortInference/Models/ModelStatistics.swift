// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a model has computed since it was loaded.
///
/// Source: Triton, "Statistics Extension".
public struct ModelStatistics: Sendable, Hashable {
    /// How often something happened, and how long it took in sum.
    public struct Sum: Sendable, Hashable {
        /// How often.
        public var count = 0
        /// How long in sum.
        public var time: Duration = .zero

        /// Creates a sum of nothing.
        public init() {}

        /// Adds one more.
        ///
        /// - Parameter time: How long it took.
        public mutating func add(_ time: Duration) {
            count += 1
            self.time += time
        }
    }

    /// Executions with one number of rows, and how long each stage of them took in sum.
    public struct Execution: Sendable, Hashable {
        /// The copying of inputs.
        public var input = Sum()
        /// The computing.
        public var compute = Sum()
        /// The copying of outputs.
        public var output = Sum()

        /// Creates sums of nothing.
        public init() {}

        /// Adds one more.
        ///
        /// - Parameters:
        ///   - input: How long the copying of inputs took.
        ///   - compute: How long the computing took.
        ///   - output: How long the copying of outputs took.
        public mutating func add(input: Duration, compute: Duration, output: Duration) {
            self.input.add(input)
            self.compute.add(compute)
            self.output.add(output)
        }
    }

    /// Requests that were answered, from their arrival to the answer.
    public var success = Sum()
    /// Requests that failed in the engine.
    public var failure = Sum()
    /// Requests that were refused because too many waited.
    public var rejected = 0
    /// Requests whose deadline passed.
    public var expired = 0
    /// Requests that were cancelled.
    public var cancelled = 0
    /// The waiting for the engine.
    public var queue = Sum()
    /// The copying of inputs, once for each execution.
    public var input = Sum()
    /// The computing, once for each execution.
    public var compute = Sum()
    /// The copying of outputs, once for each execution.
    public var output = Sum()
    /// Rows that were computed.
    public var inferences = 0
    /// Executions by their number of rows.
    public var batches: [Int: Execution] = [:]
    /// Requests that wait now.
    public var waiting = 0
    /// Executions that run now.
    public var running = 0
    /// When the last execution ended, in milliseconds since 1970; 0 before the first one.
    public var lastInference: Int64 = 0

    /// Creates statistics of nothing.
    public init() {}

    /// How often the engine was started and came to an end.
    public var executions: Int { compute.count }
}
