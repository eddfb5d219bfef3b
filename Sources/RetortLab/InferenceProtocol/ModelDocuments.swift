// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortInference
internal import RetortWire

/// What is told about models.
enum ModelDocuments {
    /// What goes in and what comes out.
    ///
    /// Source: Open Inference Protocol, "Model Metadata Response JSON Object".
    static func metadata(_ model: Model, versions: [String]) -> JSONValue {
        [
            "name": .string(model.name), "versions": .array(versions.map { .string($0) }),
            "platform": .string(model.platform), "inputs": .array(model.inputs.map(tensor)),
            "outputs": .array(model.outputs.map(tensor)),
        ]
    }

    private static func tensor(_ port: Port) -> JSONValue {
        [
            "name": .string(port.name), "datatype": .string(port.dataType.rawValue),
            "shape": lengths(port.shape ?? [.any]),
        ]
    }

    private static func lengths(_ axes: some Sequence<AxisLength>) -> JSONValue {
        .array(axes.map { .int(Int64($0.fixed ?? -1)) })
    }

    /// How it is set up, as far as that has a place in Triton's scheme.
    ///
    /// Source: Triton, "Model Configuration Extension".
    static func configuration(_ model: Model) -> JSONValue {
        let isBatched = model.maximumBatch > 1
        var members: JSONObject = [
            "name": .string(model.name), "platform": .string(model.platform), "backend": "",
            "version_policy": ["specific": ["versions": [.string(model.version)]]],
            "max_batch_size": .int(isBatched ? Int64(model.maximumBatch) : 0),
            "input": .array(model.inputs.map { port($0, isBatched) }),
            "output": .array(model.outputs.map { port($0, isBatched) }),
        ]
        if isBatched { members["dynamic_batching"] = [:] }
        return .object(members)
    }

    /// Without the axis of rows, where there is one.
    private static func port(_ port: Port, _ isBatched: Bool) -> JSONValue {
        let axes = port.shape ?? [.any]
        let type = port.dataType == .bytes ? "STRING" : port.dataType.rawValue
        return [
            "name": .string(port.name), "data_type": .string("TYPE_\(type)"),
            "dims": lengths(isBatched ? axes.dropFirst() : axes[...]),
        ]
    }

    /// What has been computed.
    ///
    /// Source: Triton, "Statistics Extension".
    static func statistics(_ model: Model) -> JSONValue {
        let sums = model.statistics
        let none: JSONValue = ["count": 0, "ns": 0]
        return [
            "name": .string(model.name), "version": .string(model.version),
            "last_inference": .int(sums.lastInference), "inference_count": JSONValue(sums.inferences),
            "execution_count": JSONValue(sums.executions),
            "inference_stats": [
                "success": sum(sums.success), "fail": sum(sums.failure), "queue": sum(sums.queue),
                "compute_input": sum(sums.input), "compute_infer": sum(sums.compute),
                "compute_output": sum(sums.output), "cache_hit": none, "cache_miss": none,
            ],
            "response_stats": [:],
            "batch_stats": .array(
                sums.batches.sorted { $0.key < $1.key }.map { rows, sums in
                    [
                        "batch_size": JSONValue(rows), "compute_input": sum(sums.input),
                        "compute_infer": sum(sums.compute), "compute_output": sum(sums.output),
                    ]
                }),
            "memory_usage": [],
        ]
    }

    private static func sum(_ sum: ModelStatistics.Sum) -> JSONValue {
        ["count": JSONValue(sum.count), "ns": .int(sum.time.nanoseconds)]
    }
}

extension Duration {
    /// The whole nanoseconds; as many as fit.
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, over) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (total, further) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return over || further ? .max : total
    }
}
