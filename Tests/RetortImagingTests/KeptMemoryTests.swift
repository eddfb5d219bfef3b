// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortImaging
import Testing

/// The memory of pictures that are gone serves those that follow, and never two at a time.
@Suite struct KeptMemoryTests {
    /// Sizes around the least that is kept (256 kB), and some that share blocks with others.
    static let sizes = [
        Size(width: 512, height: 511), Size(width: 512, height: 512), Size(width: 513, height: 512),
        Size(width: 1_000, height: 700), Size(width: 1_000, height: 760), Size(width: 3_000, height: 2_000),
    ]

    @Test(arguments: [192 << 20, 1 << 20, 0])
    func picturesKeepTheirPixels(kept: Int) async throws {
        OpenCV.keepMemory(kept)
        defer { OpenCV.keepMemory(192 << 20) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    for round in 0..<12 {
                        let size = Self.sizes[(worker + round) % Self.sizes.count]
                        let shade = UInt8((worker * 29 + round * 7) % 251)
                        let pixels = [UInt8](repeating: shade, count: size.width * size.height)
                        let image = try Image(pixels: pixels, size: size, colorSpace: .gray)
                        // Others come and go in the meantime.
                        let turned = try image.converted(to: .bgr).converted(to: .gray)
                        #expect(try image.bytes() == pixels)
                        #expect(try turned.bytes() == pixels)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
