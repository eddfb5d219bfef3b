// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortImaging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The readers of pictures; `Fuzz/run` knows the same names.
let pictureTargets: [String: @Sendable ([UInt8]) -> Void] = [
    "imageheader": fuzzImageHeader, "jpeg": { fuzzDecoding($0, .jpeg) }, "png": { fuzzDecoding($0, .png) },
    "webp": { fuzzDecoding($0, .webp) }, "gif": { fuzzDecoding($0, .gif) }, "tiff": { fuzzDecoding($0, .tiff) },
    "bmp": { fuzzDecoding($0, .bmp) },
]

/// What no file may go beyond: small, so that a run is quick, and a decoder that does not heed it shows in its memory.
private let limits: ImageLimits = {
    var limits = ImageLimits()
    (limits.pixels, limits.side, limits.frames) = (1_000_000, 8_192, 50)
    return limits
}()

/// Any bytes: a header, or an error that is one of ours.
@Sendable func fuzzImageHeader(_ input: [UInt8]) {
    let kind = ImageFormat.sniff(input)
    do {
        let header = try ImageHeader(input)
        check(header.format == kind, "sniffed \(String(describing: kind)), read as \(header.format)")
        check(header.size.width > 0 && header.size.height > 0, "a size of \(header.size)")
        check((1...8).contains(header.orientation), "an orientation of \(header.orientation)")
        check((1...10_000).contains(header.frames), "\(header.frames) frames")
        check(header.size.pixels >= 0, "\(header.size) has \(header.size.pixels) pixels")
        _ = try? limits.check(input)
    } catch {
        check(error is ImagingError, "\(error)")
    }
    quiet.check()
}

/// A file of one format: a picture of the size that its header says, or an error that is one of ours.
private func fuzzDecoding(_ input: [UInt8], _ format: ImageFormat) {
    guard ImageFormat.sniff(input) == format else { return }
    // The plan depends on the input, so that a finding can be run again.
    let choice = input.reduce(0) { $0 &+ Int($1) }
    var plan = DecodePlan(
        colors: [.bgr, .gray, .bgra, .asStored][choice & 3], longestSide: choice & 4 == 0 ? nil : 50)
    plan.keepsDepth = choice & 8 != 0
    do {
        let header = try limits.check(input)
        plan.frame = min(header.frames - 1, choice & 16 == 0 ? 0 : 1)
        let image = try Image(decoding: input, header: header, plan: plan, limits: limits)
        let size = plan.longestSide.map { header.uprightSize.fitting($0) } ?? header.uprightSize
        check(image.size == size, "the header says \(size), the picture has \(image.size)")
        check(image.depth == .uint8 || plan.keepsDepth, "a depth of \(image.depth)")
        check(image.channels == [3, 1, 4][min(choice & 3, 2)] || choice & 3 == 3, "\(image.channels) channels")
    } catch {
        check(error is ImagingError, "\(error)")
    }
    quiet.check()
}

/// Stops the fuzzer; it says why on standard output, since standard error is watched.
func check(_ holds: Bool, _ what: @autoclosure () -> String) {
    guard !holds else { return }
    print("Fatal error: \(what())")
    fflush(nil)
    abort()
}

/// Watches standard error, where no library may write.
///
/// `Fuzz/run` has moved libFuzzer's own messages elsewhere.
private struct Quiet: Sendable {
    private let file: CInt

    init() {
        file = fileno(tmpfile())
        if getenv("FUZZ_QUIET") != nil { dup2(file, 2) }
    }

    func check() {
        let length = lseek(file, 0, SEEK_END)
        guard length > 0 else { return }
        var text = [UInt8](repeating: 0, count: min(length, 500))
        let count = pread(file, &text, text.count, 0)
        Fuzz.check(false, "on standard error: \(String(decoding: text.prefix(max(0, count)), as: UTF8.self))")
    }
}

private let quiet = Quiet()
