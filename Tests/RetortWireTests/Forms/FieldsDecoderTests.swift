// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The errors that decoding ends with: path, code, sentence.
func errors<T: Decodable>(
    _ type: T.Type, _ fields: MultiDict<String>, _ decoder: FieldsDecoder = FieldsDecoder()
) -> [FieldError] {
    do {
        _ = try decoder.decode(type, from: fields)
        return []
    } catch {
        return (error as? FieldErrors)?.errors ?? [FieldError(field: "?", code: .init("other"), message: "\(error)")]
    }
}

@Suite struct FieldsDecoderTests {
    enum Size: String, Codable, CaseIterable { case small, large }
    enum Level: Int, Codable { case low = 1, high = 9 }

    struct Box<Value: Codable & Equatable>: Codable, Equatable { var x: Value }
    struct OptionalBox<Value: Codable & Equatable>: Codable, Equatable { var x: Value? }

    private func decode<V: Codable & Equatable>(_ type: V.Type, _ texts: String...) throws -> V {
        let fields = MultiDict(texts.map { (name: "x", value: $0) })
        return try FieldsDecoder().decode(Box<V>.self, from: fields).x
    }

    @Test func wholeNumbersOfEveryWidthAreRead() throws {
        #expect(try decode(Int.self, "42") == 42)
        #expect(try decode(Int.self, "-9223372036854775808") == .min)
        #expect(try decode(Int8.self, "-128") == -128)
        #expect(try decode(Int16.self, "32767") == 32767)
        #expect(try decode(Int32.self, "007") == 7)
        #expect(try decode(Int64.self, "0") == 0)
        #expect(try decode(UInt.self, "18446744073709551615") == .max)
        #expect(try decode(UInt8.self, "255") == 255)
        #expect(try decode(UInt16.self, "65535") == .max)
        #expect(try decode(UInt32.self, "1") == 1)
        #expect(try decode(UInt64.self, "-0") == 0)
        #expect(try decode(Int128.self, "-170141183460469231731687303715884105728") == .min)
        #expect(try decode(UInt128.self, "340282366920938463463374607431768211455") == .max)
    }

    @Test(arguments: ["abc", "1.0", "+1", " 1", "1 ", "--1", "-", "0x1", "1_000", "１", "1e3", "1\n", "٣"])
    func otherTextsAreNoWholeNumbers(text: String) {
        let found = errors(Box<Int>.self, ["x": text])
        #expect(found.map(\.code) == [.invalidInteger])
    }

    @Test(arguments: ["9223372036854775808", "-9223372036854775809", String(repeating: "9", count: 500)])
    func numbersOutsideOfTheirTypeAreRefused(text: String) {
        #expect(errors(Box<Int>.self, ["x": text]).map(\.code) == [.outOfRange])
        #expect(errors(Box<UInt8>.self, ["x": "256"]).map(\.code) == [.outOfRange])
        #expect(errors(Box<UInt>.self, ["x": "-1"]).map(\.code) == [.outOfRange])
        #expect(errors(Box<Int8>.self, ["x": "-129"]).map(\.code) == [.outOfRange])
        #expect(errors(Box<Int8>.self, ["x": "128"]).map(\.code) == [.outOfRange])
    }

    @Test(arguments: [("1", 1.0), ("-1.5", -1.5), (".5", 0.5), ("1e3", 1000), ("2.5E-1", 0.25), ("0", 0)])
    func decimalNumbersAreRead(text: String, value: Double) throws {
        #expect(try decode(Double.self, text) == value)
        #expect(try decode(Float.self, text) == Float(value))
    }

    @Test(arguments: ["abc", "nan", "inf", "-infinity", "0x1p3", "+1", "1,5", "1 ", "", "e", "-"])
    func otherTextsAreNoDecimalNumbers(text: String) {
        let found = errors(Box<Double>.self, ["x": text])
        #expect(found.map(\.code) == [text.isEmpty ? .missing : .invalidNumber])
    }

    @Test func numbersThatAreNotFiniteAreRefused() {
        #expect(errors(Box<Double>.self, ["x": "1e999"]).map(\.code) == [.outOfRange])
        #expect(errors(Box<Float>.self, ["x": "1e39"]).map(\.code) == [.outOfRange])
    }

    @Test(arguments: [
        ("true", true), ("1", true), ("on", true), ("YES", true), ("false", false), ("0", false), ("Off", false),
        ("no", false),
    ]) func booleansAreRead(text: String, value: Bool) throws {
        #expect(try decode(Bool.self, text) == value)
    }

    @Test(arguments: ["t", "2", "truee", "wahr", " true", "\u{212A}"]) func otherTextsAreNoBooleans(text: String) {
        #expect(errors(Box<Bool>.self, ["x": text]).map(\.code) == [.invalidBoolean])
    }

    @Test func absentCheckBoxesAreFalseWhereAsked() throws {
        var decoder = FieldsDecoder()
        #expect(errors(Box<Bool>.self, [:]).map(\.code) == [.missing])
        decoder.absentBoolIsFalse = true
        #expect(try decoder.decode(Box<Bool>.self, from: [:]).x == false)
        #expect(errors(Box<Bool>.self, ["x": ""], decoder).map(\.code) == [.missing])
    }

    @Test func textsStayAsTheyAre() throws {
        #expect(try decode(String.self, "") == "")
        #expect(try decode(String.self, " a\r\nb ") == " a\r\nb ")
        #expect(try decode(String.self, "first", "second") == "first")
        #expect(errors(Box<String>.self, ["y": "1"]).map(\.code) == [.missing])
    }

    @Test func enumsAreRead() throws {
        #expect(try decode(Size.self, "large") == .large)
        #expect(try decode(Level.self, "9") == .high)
        let size = errors(Box<Size>.self, ["x": "huge"])
        #expect(size.map(\.message) == ["`x` must be one of `small`, `large`, not `huge`."])
        #expect(size.map(\.code) == [.invalidChoice])
        let level = errors(Box<Level>.self, ["x": "2"])
        #expect(level.map(\.message) == ["`x` must be one of the values that are allowed, not `2`."])
        #expect(errors(Box<Level>.self, ["x": "high"]).map(\.code) == [.invalidInteger])
        #expect(errors(Box<Size>.self, [:]).map(\.code) == [.missing])
    }

    @Test func identifiersDatesAndURLsAreRead() throws {
        let text = "6F9619FF-8B86-D011-B42D-00CF4FC964FF"
        #expect(try decode(UUID.self, text.lowercased()).uuidString == text)
        #expect(try decode(Date.self, "1970-01-02") == Date(timeIntervalSince1970: 86_400))
        #expect(try decode(URL.self, "https://example.org/a?b").absoluteString == "https://example.org/a?b")
        #expect(errors(Box<UUID>.self, ["x": "6F9619FF"]).map(\.code) == [.invalidUUID])
        #expect(errors(Box<Date>.self, ["x": "yesterday"]).map(\.code) == [.invalidDate])
        #expect(errors(Box<URL>.self, ["x": "http://[x"]).map(\.code) == [.invalidURL])
        for found in [errors(Box<UUID>.self, [:]), errors(Box<Date>.self, ["x": ""]), errors(Box<URL>.self, ["x": ""])]
        {
            #expect(found.map(\.code) == [.missing])
        }
    }

    @Test func absentAndEmptyOptionalsAreNil() throws {
        func optional<V: Codable & Equatable>(_ type: V.Type, _ fields: MultiDict<String>) throws -> V? {
            try FieldsDecoder().decode(OptionalBox<V>.self, from: fields).x
        }
        for fields: MultiDict<String> in [[:], ["x": ""]] {
            #expect(try optional(Int.self, fields) == nil)
            #expect(try optional(Bool.self, fields) == nil)
            #expect(try optional(Double.self, fields) == nil)
            #expect(try optional(Size.self, fields) == nil)
            #expect(try optional(Date.self, fields) == nil)
            #expect(try optional(UUID.self, fields) == nil)
            #expect(try optional([Int].self, fields) == nil)
            #expect(try optional(Box<Int>.self, fields) == nil)
        }
        #expect(try optional(String.self, [:]) == nil)
        #expect(try optional(String.self, ["x": ""]) == "")
        #expect(try optional(Int.self, ["x": "1"]) == 1)
        #expect(try optional(Size.self, ["x": "small"]) == .small)
        #expect(try optional(Box<Int>.self, ["x.x": "1"]) == Box(x: 1))
        #expect(errors(OptionalBox<Int>.self, ["x": "a"]).map(\.code) == [.invalidInteger])
        #expect(errors(OptionalBox<Level>.self, ["x": "2"]).map(\.code) == [.invalidChoice])
    }

    @Test(
        arguments: [
            ["x": "1", "x": "2"], ["x[]": "1", "x[]": "2"], ["x[0]": "1", "x[1]": "2"], ["x[7]": "2", "x[3]": "1"],
            ["x.0": "1", "x.1": "2"], ["x": "1", "x[5]": "2"], ["x[10]": "2", "x[9]": "1", "x[a]": "7", "x[01]": "8"],
        ] as [MultiDict<String>]) func arraysAreRead(fields: MultiDict<String>) throws
    {
        #expect(try FieldsDecoder().decode(Box<[Int]>.self, from: fields).x == [1, 2])
        #expect(try FieldsDecoder().decode(Box<[String]>.self, from: fields).x == ["1", "2"])
        #expect(try FieldsDecoder().decode(Box<[Int?]>.self, from: fields).x == [1, 2])
        #expect(try FieldsDecoder().decode(Box<Set<Int>>.self, from: fields).x == [1, 2])
    }

    @Test func absentArraysAreEmpty() throws {
        #expect(try FieldsDecoder().decode(Box<[Int]>.self, from: [:]).x == [])
        #expect(try FieldsDecoder().decode(Box<[String]>.self, from: [:]).x == [])
        #expect(try FieldsDecoder().decode(OptionalBox<[String]>.self, from: [:]).x == nil)
    }

    @Test func indicesHaveALimit() throws {
        #expect(try FieldsDecoder().decode(Box<[Int]>.self, from: ["x[999]": "1"]).x == [1])
        for index in ["1000", "99999999999999999999999999"] {
            let found = errors(Box<[Int]>.self, ["x[\(index)]": "1"])
            #expect(found.map(\.code) == [.outOfRange])
            #expect(found.first?.field == "x[\(index)]")
        }
        var decoder = FieldsDecoder()
        decoder.maximumIndex = 2
        #expect(errors(Box<[Int]>.self, ["x[3]": "1"], decoder).map(\.code) == [.outOfRange])
    }

    @Test func dictionariesAreRead() throws {
        let fields: MultiDict<String> = ["x[a]": "1", "x.b": "2", "y": "3"]
        #expect(try FieldsDecoder().decode(Box<[String: Int]>.self, from: fields).x == ["a": 1, "b": 2])
        #expect(try FieldsDecoder().decode(Box<[Int: Int]>.self, from: ["x[4]": "5"]).x == [4: 5])
        #expect(try FieldsDecoder().decode([String: Int].self, from: ["a": "1", "a": "2"]) == ["a": 1])
    }

    @Test func dictionariesOfTextTakeNamesAsTheyAre() throws {
        let fields: MultiDict<String> = ["a.b": "1", "a[]": "2", "a[]": "3"]
        #expect(try FieldsDecoder().decode([String: String].self, from: fields) == ["a.b": "1", "a[]": "2"])
        #expect(
            try FieldsDecoder().decode([String: [String]].self, from: fields) == ["a.b": ["1"], "a[]": ["2", "3"]])
    }

    @Test func valuesForTypesAreHandedOn() throws {
        struct Reader: Decodable {
            var seen: String?
            init(from decoder: any Decoder) throws {
                seen = CodingUserInfoKey(rawValue: "k").flatMap { decoder.userInfo[$0] } as? String
            }
        }
        var decoder = FieldsDecoder()
        if let key = CodingUserInfoKey(rawValue: "k") { decoder.userInfo[key] = "value" }
        #expect(try decoder.decode(Reader.self, from: [:]).seen == "value")
    }

    @Test func filesAreRead() throws {
        struct Post: Decodable {
            var title: String
            var photo: UploadedFile
            var more: [UploadedFile]
            var none: UploadedFile?
        }
        let file = UploadedFile(filename: "a", bytes: [1])
        let blank = UploadedFile(filename: "", bytes: [])
        let post = try FieldsDecoder().decode(
            Post.self, from: ["title": "t", "photo": "text"],
            files: ["none": blank, "photo": file, "more": file, "more": blank, "more[]": file])
        #expect(post.photo.filename == "a")
        #expect(post.more.count == 2)
        #expect(post.none == nil)
        let error = #expect(throws: FieldErrors.self) {
            try FieldsDecoder().decode(Post.self, from: ["title": "t"], files: ["photo": blank])
        }
        #expect(error?.errors.map(\.message) == ["`photo` must be a file."])
    }

    @Test func otherDecodersHaveNoFiles() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([UploadedFile].self, from: Data("[1]".utf8))
        }
    }
}
