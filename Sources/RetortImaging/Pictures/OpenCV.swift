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

    /// Whether this OpenCV reads and writes AVIF (OpenCV 4.8 and later, built with it).
    public static var hasAVIF: Bool { rcv_can_decode_avif() }
}
