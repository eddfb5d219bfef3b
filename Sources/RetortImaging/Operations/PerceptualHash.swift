// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// 64 bits that are alike for pictures that look alike, whatever their size, quality or small changes.
///
/// Below about 10 bits of distance two pictures are nearly always the same one.
public struct PerceptualHash: Sendable, Hashable, CustomStringConvertible {
    /// The bits.
    public var bits: UInt64

    /// Makes a hash from its bits.
    ///
    /// - Parameter bits: The bits.
    public init(bits: UInt64) { self.bits = bits }

    /// Reads the sixteen hexadecimal digits that `description` writes.
    ///
    /// - Parameter text: The digits.
    public init?(_ text: String) {
        guard text.utf8.count == 16, let bits = UInt64(text, radix: 16) else { return nil }
        self.bits = bits
    }

    /// How many bits differ, 0 to 64.
    ///
    /// - Parameter other: Another hash.
    /// - Returns: The number.
    public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

    /// Sixteen hexadecimal digits.
    public var description: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension Image {
    /// The hash of the lowest frequencies of the picture (pHash, by a discrete cosine transform of 32 × 32 pixels).
    ///
    /// - Returns: The hash.
    /// - Throws: `ImagingError` when memory is short.
    public func perceptualHash() throws -> PerceptualHash {
        let source = try gray8()
        var bits: UInt64 = 0
        try call { error in rcv_perceptual_hash(source.storage.handle, &bits, error) }
        return PerceptualHash(bits: bits)
    }
}
