// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import Testing

@Suite struct DescriptionTests {
    @Test func everythingThatCanBeSaid() throws {
        let description = try ModelDescription(
            """
            # A classifier.
            labels: "labels.txt"
            versions: latest 2   # and no others
            device: CPU
            goal: throughput
            precision: bf16
            streams: 2
            threads: 4
            requests: 3

            shapes:
              x: [-1, 3, 224, 1..8]
              save_infer/out.0: [ ]
            types:
              x: UINT8
            means:
              x: [123.675, 116.28, 103.53]
              y: [1]
            deviations:
              x: [58.395, 57.12, 57.375]
            batch: 8
            delay: 2 ms\r
            waiting: 16
            warmup: false
            properties:
              ENABLE_HYPER_THREADING: NO
            """)
        #expect(description.labels == "labels.txt")
        #expect(description.versions == .latest(2))
        #expect(description.options.goal == .throughput)
        #expect(description.options.precision == .bfloat16)
        #expect(description.options.streams == 2)
        #expect(description.options.threads == 4)
        #expect(description.options.requests == 3)
        #expect(description.options.shapes == ["x": [.any, 3, 224, AxisLength(1...8)], "save_infer/out.0": []])
        #expect(
            description.options.conversions == [
                "x": InputConversion(.uint8, mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375]),
                "y": InputConversion(.float32, mean: [1]),
            ])
        #expect(description.options.queue.maximumBatch == 8)
        #expect(description.options.queue.maximumDelay == .milliseconds(2))
        #expect(description.options.queue.maximumWaiting == 16)
        #expect(!description.options.warmsUp)
        #expect(description.options.properties == ["ENABLE_HYPER_THREADING": "NO"])
    }

    @Test(arguments: [
        ("", VersionPolicy.latest(1)), ("versions: all", .all), ("versions: latest", .latest(1)),
        ("versions: [1, 3]", .only([1, 3])),
    ])
    func versionsAreChosen(text: String, policy: VersionPolicy) throws {
        #expect(try ModelDescription(text).versions == policy)
    }

    @Test(arguments: [
        ("batch 8", "Line 1 of the description has no colon behind a key."),
        ("batch:8", "Line 1 of the description has no space behind the colon."),
        ("\nbatch: 8\nbatch: 9", "Line 3 of the description repeats 'batch'."),
        ("shapes:\n  x: [1\n", "Line 2 of the description opens a list and does not close it."),
        ("shapes:\n  x: [1]\n y: [1]", "Line 3 of the description is indented otherwise than those before."),
        ("  x: [1]", "Line 1 of the description is indented otherwise than those before."),
        ("shapes:\n  x:\n    y: 1", "Line 2 of the description opens a block within a block."),
        ("\tbatch: 1", "Line 1 of the description has a tab or another control character; indent with spaces."),
        ("labels: 'a", "Line 1 of the description opens a quotation and does not close it."),
        (
            "labels: *a",
            "Line 1 of the description has a value that is neither a word, a number, a quotation nor a list in brackets."
        ),
        ("labels: ../secret", "'labels' of the description must be a name without a folder."),
        ("batch: 0", "'batch' of the description must be a whole number of at least 1."),
        ("batch: many", "'batch' of the description must be a whole number of at least 1."),
        ("batch: [1]", "'batch' of the description has a value that does not fit it."),
        ("delay: 2", "'delay' of the description must be a time as in 2 ms or 500 us."),
        ("goal: fast", "'goal' of the description has a value that does not fit it."),
        ("precision: f8", "'precision' of the description must be f32, bf16 or f16."),
        (
            "versions: newest",
            "'versions' of the description must be all, latest, latest 2, or a list of numbers in brackets."
        ),
        ("shapes:\n  x: [a]", "'x' of the description must be a list of lengths as in 224, -1 for any, or 1..8."),
        ("types:\n  x: U8", "'x' of the description must be a type as in UINT8 or FP16."),
        ("types:\n  x: BYTES", "'x' of the description must be a type as in UINT8 or FP16."),
        ("types: UINT8", "'types' of the description has a value that does not fit it."),
        ("means:\n  x: 1", "'x' of the description must be a list of one number for each channel in brackets."),
        ("means:\n  x: []", "'x' of the description must be a list of one number for each channel in brackets."),
        ("deviations:\n  x: [inf]", "'x' of the description must be a list of numbers."),
        (
            "colour: red",
            """
            The description has the key 'colour'; it can have batch, delay, deviations, device, goal, labels, means, \
            precision, properties, requests, shapes, streams, threads, types, versions, waiting, warmup.
            """
        ),
    ])
    func whatIsWrongIsSaid(text: String, message: String) {
        let error = #expect(throws: InferenceError.self) { try ModelDescription(text) }
        #expect(error?.code == .invalidDescription)
        #expect(error?.message == message)
    }
}
