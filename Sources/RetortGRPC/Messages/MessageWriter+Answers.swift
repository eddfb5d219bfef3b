// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import RetortInference
package import RetortLab

/// The answers, as messages.
///
/// Source: Open Inference Protocol, "gRPC"; Triton, "gRPC" and `model_config.proto`.
extension MessageWriter {
    /// Whether something is so.
    package static func truth(_ flag: Bool) -> MessageWriter {
        var message = MessageWriter()
        message.flag(1, flag)
        return message
    }

    /// The name of the server and what it can do.
    package static func server(_ options: InferenceProtocol) -> MessageWriter {
        var message = MessageWriter()
        message.text(1, options.serverName)
        message.text(2, options.serverVersion)
        for one in InferenceOffer.extensions { message.text(3, one) }
        return message
    }

    /// What goes into a model and what comes out.
    package static func metadata(_ model: Model, versions: [String]) -> MessageWriter {
        var message = MessageWriter()
        message.text(1, model.name)
        for version in versions { message.text(2, version) }
        message.text(3, model.platform)
        for (number, ports) in [(4, model.inputs), (5, model.outputs)] {
            for port in ports {
                message.message(number) {
                    $0.text(1, port.name)
                    $0.text(2, port.dataType.rawValue)
                    $0.numbers(3, lengths(port.shape ?? [.any]))
                }
            }
        }
        return message
    }

    private static func lengths(_ axes: some Sequence<AxisLength>) -> [Int] { axes.map { $0.fixed ?? -1 } }

    /// How a model is set up, as far as that has a place in Triton's scheme.
    package static func configuration(_ model: Model) -> MessageWriter {
        let isBatched = model.maximumBatch > 1
        var config = MessageWriter()
        config.text(1, model.name)
        config.text(2, model.platform)
        if let version = Int(model.version) {
            config.message(3) { policy in policy.message(3) { $0.numbers(1, [version]) } }
        }
        config.number(4, isBatched ? model.maximumBatch : 0)
        // Dimensions stand in field 4 of inputs and in field 3 of outputs.
        for (number, dimensions, ports) in [(5, 4, model.inputs), (6, 3, model.outputs)] {
            for port in ports {
                config.message(number) {
                    let axes = port.shape ?? [.any]
                    $0.text(1, port.name)
                    $0.number(2, type(port.dataType))
                    $0.numbers(dimensions, lengths(isBatched ? axes.dropFirst() : axes[...]))
                }
            }
        }
        if isBatched { config.message(11, MessageWriter()) }
        var message = MessageWriter()
        message.message(1, config)
        return message
    }

    /// The number of a type in `model_config.proto`.
    private static func type(_ dataType: DataType) -> Int {
        switch dataType {
        case .bool: 1
        case .uint8: 2
        case .uint16: 3
        case .uint32: 4
        case .uint64: 5
        case .int8: 6
        case .int16: 7
        case .int32: 8
        case .int64: 9
        case .float16: 10
        case .float32: 11
        case .float64: 12
        case .bytes: 13
        case .bfloat16: 14
        }
    }

    /// What models have computed.
    package static func statistics(_ models: [Model]) -> MessageWriter {
        var message = MessageWriter()
        for model in models {
            let sums = model.statistics
            message.message(1) {
                $0.text(1, model.name)
                $0.text(2, model.version)
                $0.number(3, sums.lastInference)
                $0.number(4, sums.inferences)
                $0.number(5, sums.executions)
                $0.message(6) { stages in
                    let all = [sums.success, sums.failure, sums.queue, sums.input, sums.compute, sums.output]
                    for (index, one) in all.enumerated() { stages.sum(index + 1, one) }
                }
                for (rows, stages) in sums.batches.sorted(by: { $0.key < $1.key }) {
                    $0.message(7) { batch in
                        batch.number(1, rows)
                        batch.sum(2, stages.input)
                        batch.sum(3, stages.compute)
                        batch.sum(4, stages.output)
                    }
                }
            }
        }
        return message
    }

    private mutating func sum(_ number: Int, _ sum: ModelStatistics.Sum) {
        message(number) {
            $0.number(1, sum.count)
            $0.number(2, sum.time.nanoseconds)
        }
    }

    /// All versions of all models, and their states.
    package static func index(_ entries: [ShelfEntry]) -> MessageWriter {
        var message = MessageWriter()
        for entry in entries {
            message.message(1) {
                $0.text(1, entry.name)
                $0.text(2, entry.version)
                $0.text(3, entry.state.rawValue)
                $0.text(4, entry.reason)
            }
        }
        return message
    }

    /// The outputs of a model, as bytes.
    package static func answer(
        to request: InferMessage, from model: Model, _ answers: [(WantedOutput, Tensor)]
    ) -> MessageWriter {
        var message = MessageWriter()
        message.text(1, model.name)
        message.text(2, model.version)
        message.text(3, request.id)
        if request.marksEnd {
            message.message(4) {
                $0.text(1, "triton_final_response")
                $0.message(2) { $0.flag(1, true) }
            }
        }
        for (output, tensor) in answers {
            message.message(5) {
                $0.text(1, output.name)
                $0.text(2, tensor.dataType.rawValue)
                $0.numbers(3, tensor.shape)
            }
        }
        for (_, tensor) in answers { message.bytes(6, tensor.bytes) }
        return message
    }

    /// An answer of a stream.
    package static func streamed(_ answer: MessageWriter) -> MessageWriter {
        var message = MessageWriter()
        message.message(2, answer)
        return message
    }

    /// An error of a stream, with the name of the request that it belongs to.
    package static func streamed(error sentence: String, id: String) -> MessageWriter {
        var message = MessageWriter()
        message.text(1, sentence)
        message.message(2) { $0.text(3, id) }
        return message
    }

    /// Whether a service is well: 1 for yes, 2 for no.
    package static func health(_ isServing: Bool) -> MessageWriter {
        var message = MessageWriter()
        message.number(1, isServing ? 1 : 2)
        return message
    }
}
