// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

extension Duration: ConfigurationValue {
    /// Reads a time such as `250ms`, `30s`, `1.5h`, `1h30m` or `31d`.
    ///
    /// A number without unit is seconds.
    ///
    /// - Parameter text: Numbers with units, from zero up.
    public init?(configurationText text: String) {
        var rest = text.utf8[...]
        guard !rest.isEmpty else { return nil }
        var total = Duration.zero
        while !rest.isEmpty {
            guard let number = QuantityText(taking: &rest) else { return nil }
            let word = rest.prefix { $0.isASCIILetter }
            rest = rest.dropFirst(word.count)
            guard let unit = Self.nanoseconds(in: Substring(word).asciiLowercased), let count = number.times(unit),
                count <= Self.mostNanoseconds
            else { return nil }
            total += .nanoseconds(count)
            guard total <= .nanoseconds(Self.mostNanoseconds) else { return nil }
        }
        self = total
    }

    /// A time with its unit.
    public static var configurationForm: String { "a time such as 250ms, 30s, 5m, 12h or 31d" }

    /// A century, which is more than any setting means.
    private static let mostNanoseconds: Int64 = 3_155_760_000_000_000_000

    private static func nanoseconds(in unit: String) -> Int64? {
        switch unit {
        case "ms": 1_000_000
        case "", "s": 1_000_000_000
        case "m", "min": 60_000_000_000
        case "h": 3_600_000_000_000
        case "d": 86_400_000_000_000
        default: nil
        }
    }

    /// The time as it would be written in a setting, in its largest whole unit.
    var configurationText: String {
        let (seconds, attoseconds) = components
        if attoseconds != 0 {
            let thousandths = attoseconds / 1_000_000_000_000_000
            return "\(seconds.multipliedReportingOverflow(by: 1_000).partialValue &+ thousandths)ms"
        }
        for (length, unit) in [(Int64(86_400), "d"), (3_600, "h"), (60, "m")]
        where seconds != 0 && seconds % length == 0 {
            return "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }
}

/// A number of bytes, written in a setting as `500000`, `2MB` or `512KiB`.
public struct ByteCount: Hashable, Sendable, Comparable, CustomStringConvertible, ConfigurationValue {
    /// The number of bytes.
    public var bytes: Int

    /// Creates a number of bytes.
    ///
    /// - Parameter bytes: The number.
    public init(_ bytes: Int) { self.bytes = bytes }

    /// Reads a number with a unit: `KB`, `MB` and `GB` are powers of 1000, `KiB`, `MiB` and `GiB` powers of 1024.
    ///
    /// - Parameter text: A number from zero up, alone or with a unit.
    public init?(configurationText text: String) {
        var rest = text.utf8[...]
        guard let number = QuantityText(taking: &rest) else { return nil }
        let unit = String(Substring(rest)).asciiLowercased.filter { $0 != " " }
        guard let size = Self.sizes[unit], let count = number.times(size), let bytes = Int(exactly: count)
        else { return nil }
        self.bytes = bytes
    }

    private static let sizes: [String: Int64] = [
        "": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000,
        "kib": 1_024, "mib": 1_048_576, "gib": 1_073_741_824,
    ]

    /// A number of bytes with its unit.
    public static var configurationForm: String { "a number of bytes such as 500000, 2MB or 512KiB" }

    /// The number in the largest unit that needs no fraction.
    public var description: String {
        for (size, unit) in [(1_073_741_824, "GiB"), (1_048_576, "MiB"), (1_024, "KiB")]
        where bytes != 0 && bytes % size == 0 {
            return "\(bytes / size)\(unit)"
        }
        return "\(bytes)"
    }

    /// Whether the left number is smaller.
    public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}

/// Digits with at most nine behind a point, at the front of a text.
private struct QuantityText {
    private var digits: Int64 = 0
    private var scale: Int64 = 1

    init?(taking rest: inout Substring.UTF8View) {
        var count = 0
        var isFraction = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !isFraction, count > 0 {
                isFraction = true
            } else if byte.isASCIIDigit {
                let (product, tooLarge) = digits.multipliedReportingOverflow(by: 10)
                let (sum, overflows) = product.addingReportingOverflow(Int64(byte - 0x30))
                guard !tooLarge, !overflows else { return nil }
                digits = sum
                if isFraction { scale *= 10 }
                guard scale <= 1_000_000_000 else { return nil }
                count += 1
            } else if byte == UInt8(ascii: "_"), count > 0 {
                // Groups digits.
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        guard count > 0 else { return nil }
    }

    /// The number times a whole one; nil when that is too large or not whole.
    func times(_ factor: Int64) -> Int64? {
        let (product, overflows) = digits.multipliedReportingOverflow(by: factor)
        return overflows || product % scale != 0 ? nil : product / scale
    }
}
