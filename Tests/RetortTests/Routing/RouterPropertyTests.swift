// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

/// Random routes and paths, answered by the router and by a slow matcher that cannot be wrong in the same way.
@Suite struct RouterPropertyTests {
    /// A random part of a pattern, the types of its variables, and texts that may match it.
    private static let parts: [(text: String, types: String)] = [
        ("a", ""), ("b", ""), ("ab", ""), ("1", ""), ("", ""), ("{_}", "string"), ("{_}", "int"), ("{_}", "double"),
        ("{_}", "color"), ("v{_}", "int"), ("v{_}.{_}", "int int"), ("{_}.{_}", "string string"),
        ("{_}-{_}", "string int"),
        ("{_}-{_}", "int string"), ("a{_}", "string"), ("{_}b", "string"), ("{_}-{_}-{_}", "int string int"),
    ]

    private static let texts = [
        "a", "b", "ab", "1", "-1", "1.5", "red", "v1", "v1.2", "v1.2.3", "1-2", "1-x-2", "x-1", "a-b", "", "aab", "..",
        ".",
        "a.b", "1-2-3", "--", "a-", "-1-1", "v.1", "42",
    ]

    private static let methods: [RouteMethods] = [[.get], [.get], [.get, .post], [.post], ["COPY"]]

    private func pattern(_ random: inout SplitMix) -> (text: String, types: String) {
        var text = ""
        var types: [String] = []
        var number = 0
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let part = Self.parts.randomElement(using: &random) ?? ("", "")
            text += "/"
            for piece in part.text.split(separator: "_", omittingEmptySubsequences: false) {
                if text.hasSuffix("{") {
                    text += "x\(number)"
                    number += 1
                }
                text += piece
            }
            if !part.types.isEmpty { types.append(part.types) }
        }
        switch Int.random(in: 0..<10, using: &random) {
        case 0: text += "/{rest...}"
        case 1: text += "/a{rest...}"
        case 2, 3: text += "/"
        default: break
        }
        return (text, types.joined(separator: " "))
    }

    private func path(_ random: inout SplitMix) -> String {
        var path = ""
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            path += "/" + (Self.texts.randomElement(using: &random) ?? "")
        }
        return path
    }

    @Test(arguments: 0..<16) func theRouterAgreesWithTheSlowMatcher(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        var builder = RouterBuilder<String>()
        var reference = ReferenceMatcher()
        var names: [String] = []
        for index in 0..<40 {
            let (text, types) = pattern(&random)
            guard let pattern = try? PathPattern(parsing: text) else { continue }
            var options = RouteOptions()
            options.strictSlashes = Int.random(in: 0..<4, using: &random) > 0
            let methods = Self.methods.randomElement(using: &random) ?? [.get]
            var attempt = builder
            attempt.add(
                pattern, methods: methods, types: pathTypes(types), options: options, value: "r\(index)")
            // A duplicate or a shadow is left out; that such are found is tested elsewhere.
            guard (try? attempt.freeze()) != nil else { continue }
            builder = attempt
            names.append(text)
            let rest: [any PathValue.Type] = pattern.takesRest ? [RestOfPath.self] : []
            reference.add(
                "r\(index)", pattern.merged, methods, types: pathTypes(types) + rest,
                isStrict: options.strictSlashes ?? true)
        }
        let router = try builder.freeze()
        #expect(names.count > 15)
        for _ in 0..<100 {
            let path = path(&random)
            for method: RouteMethod in [.get, .post, .head, "COPY", .delete] {
                #expect(router.answer(path, method) == reference.answer(path, method), "\(path) \(method) \(names)")
            }
        }
    }

    @Test(arguments: 0..<20) func encodedPathsGetTheSameAnswer(seed: Int) throws {
        var random = SplitMix(seed: UInt64(1_000 + seed))
        let router = try Router(RouterMatchingTests.wiki)
        let words = ["User:ann", "comment", "1-2", "Files", "a.b", "Special", "x", "2007", "edit"]
        for _ in 0..<100 {
            let segments = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                words.randomElement(using: &random) ?? ""
            }
            let encoded = segments.map { segment in
                segment.utf8.map { byte in
                    guard Bool.random(using: &random) else { return String(UnicodeScalar(byte)) }
                    let digits = String(byte, radix: 16)
                    return "%" + (Bool.random(using: &random) ? digits : digits.uppercased())
                }.joined()
            }
            let plain = "/" + segments.joined(separator: "/")
            #expect(router.answer("/" + encoded.joined(separator: "/")) == router.answer(plain))
        }
    }

    @Test func randomBytesNeverMatchWrongly() throws {
        let router = try Router(RouterMatchingTests.wiki)
        var random = SplitMix(seed: 7)
        let alphabet: [UInt8] = Array("/%.-:aU0".utf8) + [0, 0x80, 0xC3, 0xA9, 0xFF]
        for _ in 0..<5_000 {
            let bytes =
                [0x2F]
                + (0..<Int.random(in: 0...24, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            switch router.match(.get, host: bytes.span, path: bytes.span) {
            case .badPath:
                let text = String(validating: bytes, as: UTF8.self)
                #expect(text == nil || bytes.contains(0) || bytes.contains(UInt8(ascii: "%")))
            case .found(_, let id, let values):
                #expect(values.count == router.info(id)?.variables.count)
                #expect(values.texts.allSatisfy { !$0.isEmpty && !$0.utf8.contains(0) })
            case .redirect(let location): #expect(location.utf8.first == UInt8(ascii: "/"))
            case .notFound: break
            default: Issue.record("An answer that no route gives: \(bytes)")
            }
        }
    }
}
