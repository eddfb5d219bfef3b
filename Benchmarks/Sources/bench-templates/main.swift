// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// Renders one of the pages of the comparison, and prints the microseconds of CPU time for each.
//
// usage: bench-templates ENGINE PAGE COUNT FOLDER | long-texts

import Foundation

let arguments = CommandLine.arguments
if arguments.dropFirst() == ["long-texts"] { try LongTexts.check() }
guard arguments.count == 5, let count = Int(arguments[3]) else {
    // Reason: a program of the benchmark that is called wrongly has nothing to measure.
    fatalError("usage: bench-templates ENGINE PAGE COUNT FOLDER")
}
let render = try renderer(arguments[1], arguments[2], arguments[4])

/// The CPU time of this process, in seconds.
func cpuTime() -> Double {
    var usage = rusage()
    getrusage(0, &usage)
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    return seconds + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

let text = try render()
if count == 0 {
    print(text, terminator: "")
} else {
    let start = cpuTime()
    for _ in 0..<count { _ = try render() }
    print((cpuTime() - start) / Double(count) * 1e6)
}
