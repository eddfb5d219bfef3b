// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto
import CZlib

/// What is computed of a file when it is embedded.
enum ContentFacts {
    /// The SHA-256 in hexadecimal digits.
    ///
    /// Source: FIPS 180-4.
    static func digest(_ bytes: [UInt8]) throws -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        guard EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1 else {
            throw EmbeddingError("libcrypto cannot compute SHA-256.")
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes as a gzip stream; nil where that saves less than a tenth, or too little to matter.
    ///
    /// The stream has no time in it, so that the same file always gives the same one.
    ///
    /// Source: RFC 1952.
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8]? {
        guard bytes.count >= 512, let length = UInt32(exactly: bytes.count) else { return nil }
        var stream = z_stream()
        guard retort_deflate_init(&stream, 9, 15 + 16, 9) == Z_OK else {
            throw EmbeddingError("zlib cannot compress.")
        }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count - bytes.count / 10)
        let isWhole = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = length
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(truncatingIfNeeded: output.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
        }
        guard isWhole else { return nil }
        output.removeLast(Int(stream.avail_out))
        return output
    }
}
