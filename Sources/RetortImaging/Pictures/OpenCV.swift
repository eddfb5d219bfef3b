// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// The OpenCV that is linked.
public enum OpenCV {
    /// Its version, such as `4.6.0`.
    public static var version: String {
        let number = Int(rcv_opencv_version())
        return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }

    /// Sets how many threads OpenCV uses inside one operation, for the whole process.
    ///
    /// A server that runs one operation for each core is fastest with 1; a program that does one thing at a time with as
    /// many as there are cores, which is OpenCV's default.
    ///
    /// - Parameter threads: 1 or more; 0 lets OpenCV choose.
    public static func setThreads(_ threads: Int) { rcv_set_threads(clamped(max(0, threads))) }

    /// Sets how much memory of pictures that are gone is kept for those that follow, for the whole process.
    ///
    /// A picture of 12 megapixels and what an operation works in can take 100 MB, which the system would map and clear anew
    /// for each picture. Blocks of 256 kB and more are kept, the oldest go first.
    ///
    /// - Parameter bytes: The most that is kept, 192 MB unless this is called; 0 keeps nothing.
    public static func keepMemory(_ bytes: Int) { rcv_keep_memory(max(0, bytes)) }

    /// Whether this OpenCV reads and writes AVIF (OpenCV 4.8 and later, built with it).
    public static var hasAVIF: Bool { rcv_can_decode_avif() }
}
