// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@testable import Retort

@Suite struct ConfigurationValueTests {
    @Test(
        arguments: [
            ("0", 0), ("8000", 8000), ("-5", -5), ("+5", 5), ("500_000", 500_000), ("", nil), ("_5", nil), ("5_", nil),
            ("1.0", nil), ("0x10", nil), (" 5", nil), ("٣", nil), ("9223372036854775807", .max),
            ("9223372036854775808", nil),
        ] as [(String, Int?)])
    func wholeNumbers(text: String, expected: Int?) { #expect(Int(configurationText: text) == expected) }

    @Test(
        arguments: [
            ("1", 1), ("1.5", 1.5), ("-2e3", -2000), ("inf", nil), ("nan", nil), ("0x1p3", nil), ("", nil),
            ("1,5", nil),
            ("1e999", nil),
        ] as [(String, Double?)])
    func numbers(text: String, expected: Double?) { #expect(Double(configurationText: text) == expected) }

    @Test(
        arguments: [
            ("true", true), ("TRUE", true), ("yes", true), ("On", true), ("1", true), ("false", false), ("no", false),
            ("off", false), ("0", false), ("", nil), ("2", nil), ("y", nil), ("maybe", nil),
        ] as [(String, Bool?)])
    func truths(text: String, expected: Bool?) { #expect(Bool(configurationText: text) == expected) }

    @Test(
        arguments: [
            ("30", .seconds(30)), ("30s", .seconds(30)), ("250ms", .milliseconds(250)), ("1.5h", .seconds(5_400)),
            ("1h30m", .seconds(5_400)), ("5min", .seconds(300)), ("5m", .seconds(300)), ("31d", .seconds(2_678_400)),
            ("0", .zero), ("0.5s", .milliseconds(500)), ("1H", .seconds(3_600)), ("", nil), ("s", nil), ("-1s", nil),
            ("5 s", nil), ("5w", nil), ("1.s", .seconds(1)), (".5s", nil), ("1e3", nil), ("99999999999999999999", nil),
            ("9223372036854775807d", nil), ("36525d", .seconds(3_155_760_000)), ("36526d", nil),
            ("36525d36525d36525d36525d", nil), ("0.0000000001s", nil), ("ms5", nil),
        ] as [(String, Duration?)])
    func times(text: String, expected: Duration?) { #expect(Duration(configurationText: text) == expected) }

    @Test(arguments: [
        (Duration.seconds(30), "30s"), (.seconds(60), "1m"), (.seconds(90), "90s"), (.seconds(7_200), "2h"),
        (.seconds(86_400), "1d"), (.milliseconds(250), "250ms"), (.milliseconds(1_500), "1500ms"), (.zero, "0s"),
    ])
    func timesAreWrittenAsTheyAreRead(time: Duration, text: String) {
        #expect(time.configurationText == text)
        #expect(Duration(configurationText: text) == time)
    }

    @Test(
        arguments: [
            ("0", 0), ("500000", 500_000), ("2MB", 2_000_000), ("2mb", 2_000_000), ("512KiB", 524_288),
            ("1.5KiB", 1_536),
            ("1 GiB", 1_073_741_824), ("10B", 10), ("", nil), ("MB", nil), ("-1", nil), ("1.5B", nil), ("1TB", nil),
            ("9223372036854775807", .max), ("9223372036854775807KB", nil), ("1x", nil),
        ] as [(String, Int?)])
    func numbersOfBytes(text: String, expected: Int?) { #expect(ByteCount(configurationText: text)?.bytes == expected) }

    @Test(arguments: [(0, "0"), (1_000, "1000"), (1_024, "1KiB"), (2_097_152, "2MiB"), (1_073_741_824, "1GiB")])
    func numbersOfBytesAreWrittenAsTheyAreRead(bytes: Int, text: String) {
        #expect(ByteCount(bytes).description == text)
        #expect(ByteCount(configurationText: text) == ByteCount(bytes))
    }

    enum Size: String, ConfigurationValue, CaseIterable { case small, medium, large }

    @Test func casesAreReadByTheirNames() {
        #expect(Size(configurationText: "Medium") == .medium)
        #expect(Size(configurationText: "huge") == nil)
        #expect(Size.configurationForm == "small, medium or large")
    }
}

@Suite struct SecretTests {
    struct Holder {
        var name = "visible"
        var key: Secret = "hidden-text"
        var settings = Settings()
    }

    @Test func aSecretIsNeverPrinted() {
        var holder = Holder()
        holder.settings.secretKey = "hidden-text"
        holder.settings.secretKeyFallbacks = ["hidden-text"]
        var dumped = ""
        dump(holder, to: &dumped)
        for text in ["\(holder)", String(reflecting: holder), dumped, "\(holder.key)", String(reflecting: holder.key)] {
            #expect(!text.contains("hidden-text"))
        }
        #expect("\(holder.key)" == "•••")
        #expect(dumped.contains("visible"))
        #expect(holder.key.text == "hidden-text")
    }

    @Test func secretsAreComparedByTheirBytes() {
        #expect(Secret("é") != Secret("e\u{301}"))
        #expect(Secret("é") == Secret("é"))
        #expect(Set([Secret("a"), Secret("a"), Secret("b")]).count == 2)
    }

    @Test(arguments: [
        ("weather.api_key", true), ("db.password", true), ("TOKEN", true), ("a.tokens", true), ("secret_sauce", true),
        ("x.PRIVATE_KEY", true), ("sentry.dsn", true), ("keyboard", false), ("key.board", false), ("city", false),
        ("monkey", false), ("", false),
    ])
    func namesTellWhatIsSecret(key: String, isSecret: Bool) { #expect(SecretNames.contains(key) == isSecret) }
}
