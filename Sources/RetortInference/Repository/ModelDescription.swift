// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Which versions of a model are offered.
public enum VersionPolicy: Sendable, Hashable {
    /// The highest ones, as many as the number says.
    case latest(Int)
    /// All that are there.
    case all
    /// Those with these numbers.
    case only([Int])

    /// The versions to be offered of those that are there.
    func chosen(of versions: [Int]) -> [Int] {
        let sorted = versions.sorted()
        switch self {
        case .latest(let count): return sorted.suffix(max(count, 0))
        case .all: return sorted
        case .only(let wanted): return sorted.filter { wanted.contains($0) }
        }
    }
}

/// How a model of a repository is to be compiled and used: what stands in its `model.yaml`.
///
///     labels: labels.txt
///     versions: latest 2
///     goal: throughput
///     shapes:
///       x: [-1, 3, 224, 224]
///     types:
///       x: UINT8
///     means:
///       x: [123.675, 116.28, 103.53]
///     deviations:
///       x: [58.395, 57.12, 57.375]
///     batch: 8
///     delay: 2 ms
///
/// Under `types` stands what callers give to an input in place of what its file wants; from each of its channels the mean is
/// taken, and the rest is divided by the deviation.
public struct ModelDescription: Sendable, Hashable {
    /// How it is compiled and used.
    public var options = ModelOptions()

    /// Which versions are offered; the highest one by default.
    public var versions: VersionPolicy = .latest(1)

    /// The name of a file beside the description with a label in each line; `nil` for none.
    public var labels: String?

    /// Creates a description with the defaults.
    public init() {}

    /// Reads a description.
    ///
    /// - Parameter text: Lines of a key, a colon and a value, as YAML has them.
    /// - Throws: ``InferenceError`` with `.invalidDescription`, whose sentence names the line or the key.
    public init(_ text: String) throws {
        for (key, value) in try DescriptionText(text).values.sorted(by: { $0.key < $1.key }) {
            switch (key, value) {
            case ("labels", .scalar(let name)):
                guard !name.contains("/"), !name.hasPrefix(".") else {
                    throw Self.wrong(key, "a name without a folder")
                }
                labels = name
            case ("versions", let value): versions = try Self.versions(value)
            case ("device", .scalar(let name)): options.device = name
            case ("goal", .scalar("latency")): options.goal = .latency
            case ("goal", .scalar("throughput")): options.goal = .throughput
            case ("goal", .scalar("adaptive")): options.goal = .adaptive
            case ("precision", .scalar(let name)):
                guard let precision = ModelOptions.Precision(rawValue: name) else {
                    throw Self.wrong(key, "f32, bf16 or f16")
                }
                options.precision = precision
            case ("streams", .scalar(let number)): options.streams = try Self.count(key, number)
            case ("threads", .scalar(let number)): options.threads = try Self.count(key, number)
            case ("requests", .scalar(let number)): options.requests = try Self.count(key, number)
            case ("batch", .scalar(let number)): options.queue.maximumBatch = try Self.count(key, number)
            case ("waiting", .scalar(let number)): options.queue.maximumWaiting = try Self.count(key, number)
            case ("delay", .scalar(let time)): options.queue.maximumDelay = try Self.duration(key, time)
            case ("warmup", .scalar("true")), ("warmup", .scalar("false")):
                options.warmsUp = value == .scalar("true")
            case ("shapes", .block(let shapes)):
                for (name, shape) in shapes { options.shapes[name] = try Self.shape(name, shape) }
            case ("types", .block(let types)):
                for (name, type) in types { try setType(type, of: name) }
            case ("means", .block(let means)):
                for (name, numbers) in means { try setNumbers(numbers, \.mean, of: name) }
            case ("deviations", .block(let deviations)):
                for (name, numbers) in deviations { try setNumbers(numbers, \.deviation, of: name) }
            case ("properties", .block(let properties)):
                for (name, property) in properties {
                    guard case .scalar(let text) = property else { throw Self.wrong(name, "one value") }
                    options.properties[name] = text
                }
            default: throw Self.unknown(key)
            }
        }
    }

    private static let keys = [
        "batch", "delay", "deviations", "device", "goal", "labels", "means", "precision", "properties", "requests",
        "shapes", "streams", "threads", "types", "versions", "waiting", "warmup",
    ]

    private mutating func setType(_ value: DescriptionText.Value, of name: String) throws {
        guard case .scalar(let text) = value, let type = DataType(rawValue: text), type != .bytes else {
            throw Self.wrong(name, "a type as in UINT8 or FP16")
        }
        options.conversions[name, default: InputConversion(.float32)].dataType = type
    }

    private mutating func setNumbers(
        _ value: DescriptionText.Value, _ part: WritableKeyPath<InputConversion, [Float]>, of name: String
    ) throws {
        guard case .list(let texts) = value, (1...4).contains(texts.count) else {
            throw Self.wrong(name, "a list of one number for each channel in brackets")
        }
        options.conversions[name, default: InputConversion(.float32)][keyPath: part] = try texts.map { text in
            guard let number = Float(text), number.isFinite else { throw Self.wrong(name, "a list of numbers") }
            return number
        }
    }

    private static func wrong(_ key: String, _ wanted: String) -> InferenceError {
        InferenceError(.invalidDescription, "'\(key)' of the description must be \(wanted).")
    }

    private static func unknown(_ key: String) -> InferenceError {
        if keys.contains(key) {
            return InferenceError(.invalidDescription, "'\(key)' of the description has a value that does not fit it.")
        }
        return InferenceError(
            .invalidDescription, "The description has the key '\(key)'; it can have \(keys.joined(separator: ", ")).")
    }

    private static func count(_ key: String, _ text: String) throws -> Int {
        guard let number = Int(text), number >= 1, number <= 1_000_000 else {
            throw wrong(key, "a whole number of at least 1")
        }
        return number
    }

    private static func duration(_ key: String, _ text: String) throws -> Duration {
        let digits = text.prefix { $0 >= "0" && $0 <= "9" }
        guard let number = Int(digits), number <= 1_000_000 else { throw wrong(key, "a time as in 2 ms or 500 us") }
        switch text.dropFirst(digits.count).drop(while: { $0 == " " }) {
        case "us": return .microseconds(number)
        case "ms": return .milliseconds(number)
        case "s": return .seconds(number)
        default: throw wrong(key, "a time as in 2 ms or 500 us")
        }
    }

    private static func shape(_ name: String, _ value: DescriptionText.Value) throws -> [AxisLength] {
        guard case .list(let lengths) = value else { throw wrong(name, "a list of lengths in brackets") }
        return try lengths.map { text in
            if let length = Int(text), length >= -1, length <= Int(Int32.max) {
                return AxisLength(integerLiteral: length)
            }
            let bounds = text.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
            if bounds.count == 2, text.contains(".."), let low = bounds[0], let high = bounds[1], low >= 0, low <= high
            {
                return AxisLength(low...min(high, Int(Int32.max)))
            }
            throw wrong(name, "a list of lengths as in 224, -1 for any, or 1..8")
        }
    }

    private static func versions(_ value: DescriptionText.Value) throws -> VersionPolicy {
        switch value {
        case .scalar("all"): return .all
        case .scalar(let text):
            let words = text.split(separator: " ")
            if words.first == "latest", words.count <= 2 {
                return .latest(try words.count == 1 ? 1 : count("versions", String(words[1])))
            }
        case .list(let numbers):
            let versions = numbers.compactMap { Int($0) }
            if versions.count == numbers.count { return .only(versions) }
        case .block: break
        }
        throw wrong("versions", "all, latest, latest 2, or a list of numbers in brackets")
    }
}
