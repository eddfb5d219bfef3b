// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CRetortInference

extension CompiledModel {
    /// Puts in front of a model what makes of the given numbers those that its file wants.
    ///
    /// - Returns: The model, in the place of the one that was given.
    /// - Throws: ``InferenceError`` with `.invalidDescription` for conversions that do not fit the inputs.
    static func convert(_ model: EngineHandle, options: ModelOptions, file: String) throws -> EngineHandle {
        if options.conversions.isEmpty { return model }
        var count = 0
        try check(retort_ov_model_ports(model.pointer, false, &count), "The inputs of a model could not be read.")
        var wanted: [retort_ov_conversion] = []
        var names: [String] = []
        for index in 0..<count {
            let port = try description(model.pointer, output: false, index: index)
            let name = port.nameText.isEmpty ? "input\(index)" : port.nameText
            names.append(name)
            guard let conversion = options.conversions[name] else { continue }
            wanted.append(try described(conversion, of: port, index: index, name: name))
        }
        if let name = options.conversions.keys.filter({ !names.contains($0) }).min() {
            throw InferenceError(
                .invalidDescription,
                "A type was given for input '\(name)', and model '\(file)' has no such input; it has \(names).")
        }
        var converted: OpaquePointer? = model.pointer
        try check(
            retort_ov_model_convert(&converted, wanted, wanted.count),
            "The inputs of model '\(file)' cannot be made of the types that were given.", code: .invalidDescription)
        return try EngineHandle(converted)
    }

    private static func described(
        _ conversion: InputConversion, of port: retort_ov_port, index: Int, name: String
    ) throws -> retort_ov_conversion {
        guard let type = conversion.dataType.engineNumber, conversion.isSound else {
            throw InferenceError(
                .invalidDescription,
                """
                Input '\(name)' is to be made of \(conversion.dataType.rawValue), with a mean and a deviation for each of \
                \(conversion.channels) channels; it can be any type but BYTES, with as many of both for 1 to 4 channels, and \
                no deviation of 0.
                """)
        }
        var result = retort_ov_conversion()
        result.index = index
        result.element_type = type
        let channels = conversion.channels
        result.channels = Int32(channels)
        if channels == 0 { return result }
        let shape = port.rank < 0 ? [] : port.dimensions
        let isSecond = shape.count > 2 && shape[1].fixed == channels
        guard isSecond || shape.count > 2 && shape.last?.fixed == channels else {
            throw InferenceError(
                .invalidDescription,
                "Input '\(name)' has not \(channels) channels, neither as its second nor as its last axis: \(shape).")
        }
        result.channels_last = !isSecond
        for channel in 0..<channels {
            withUnsafeMutableBytes(of: &result.means) {
                $0.bindMemory(to: Float.self)[channel] = conversion.mean.isEmpty ? 0 : conversion.mean[channel]
            }
            withUnsafeMutableBytes(of: &result.deviations) {
                $0.bindMemory(to: Float.self)[channel] =
                    conversion.deviation.isEmpty ? 1 : conversion.deviation[channel]
            }
        }
        return result
    }
}
