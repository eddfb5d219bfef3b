// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

struct ForwardedTests {
    @Test(
        arguments: [
            (["for=192.0.2.60;proto=http;by=203.0.113.43"], ["for=192.0.2.60;by=203.0.113.43;proto=http"]),
            (["For=\"[2001:db8:cafe::17]:4711\""], ["for=\"[2001:db8:cafe::17]:4711\""]),
            (["for=192.0.2.43, for=\"[2001:db8:cafe::17]\""], ["for=192.0.2.43", "for=\"[2001:db8:cafe::17]\""]),
            (
                ["for=192.0.2.43", "for=198.51.100.17;host=\"a:80\""],
                ["for=192.0.2.43", "for=198.51.100.17;host=\"a:80\""]
            ),
            (["for=_gazonk"], ["for=_gazonk"]), (["for=unknown"], ["for=unknown"]),
            (["for=\"_mdn:_port\""], ["for=\"_mdn:_port\""]),
            ([""], []), ([], []), ([" , ,"], []), (["proto=https;extension=\"a,b;c\""], ["proto=https"]),
            (["secret=x"], [""]),
            (["host=\"a\\\"b\\\\\""], ["host=\"a\\\"b\\\\\""]),
            (["for=1.2.3.4 ; proto=http , proto=https"], ["for=1.2.3.4;proto=http", "proto=https"]),
            (["for=1.2.3.4;"], ["for=1.2.3.4"]), (["host=\"\""], ["host=\"\""]),
        ] as [([String], [String])])
    func elementsAreReadInTheirOrder(values: [String], elements: [String]) {
        #expect(Forwarded.parse(values)?.map(\.description) == elements)
    }

    @Test(arguments: [
        "for", "for=", "=1", "for =1.2.3.4", "for= 1.2.3.4", "for=1.2.3.4;for=1.2.3.4", "FOR=1.2.3.4;for=1.2.3.4",
        "for=[::1]", "for=1.2.3.4:80",
        "for=\"1.2.3.4", "for=\"1.2.3.4\\", "for=\"a\u{7F}\"", "for=1.2.3", "for=1.2.3.256", "for=\"[::1\"",
        "for=\"[::1]80\"", "for=\"1.2.3.4:\"",
        "for=\"1.2.3.4:123456\"", "for=\"1.2.3.4:-1\"", "for=_", "for=\"_a b\"", "for=example.com", "host=a b",
        "host=\"a\"b", "for=ü", "proto=http proto=x",
        "a=1;b=1;c=1;d=1;e=1;f=1;g=1;h=1;i=1;j=1;k=1;l=1;m=1;n=1;o=1;p=1;q=1",
    ])
    func malformedValuesAreRefusedAsAWhole(value: String) {
        #expect(Forwarded.parse([value]) == nil)
        #expect(Forwarded.parse(["for=1.2.3.4", value]) == nil)
    }

    @Test func elementsAndBytesAreLimited() {
        let hundred = Array(repeating: "for=1.2.3.4", count: 100).joined(separator: ",")
        #expect(Forwarded.parse([hundred])?.count == 100)
        #expect(Forwarded.parse([hundred, "for=1.2.3.4"]) == nil)
        #expect(Forwarded.parse(["proto=a,proto=b"], maximumElements: 1) == nil)
        #expect(Forwarded.parse([String(repeating: ",", count: 10_000)])?.isEmpty == true)
        #expect(Forwarded.parse([String(repeating: ",", count: 10_001)]) == nil)
        #expect(Forwarded.parse(["proto=a", "proto=b"], maximumBytes: 13) == nil)
    }

    @Test(
        arguments: [
            ("192.0.2.1", "192.0.2.1", nil, "192.0.2.1"), ("192.0.2.1:80", "192.0.2.1", "80", "192.0.2.1"),
            ("[2001:db8::1]", "2001:db8::1", nil, "2001:db8::1"),
            ("[2001:db8::1]:_x", "2001:db8::1", "_x", "2001:db8::1"),
            ("unknown", "unknown", nil, nil), ("Unknown:1", "Unknown", "1", nil),
            ("_SEVKISEK", "_SEVKISEK", nil, nil),
        ] as [(String, String, String?, String?)])
    func nodesAreReadIntoNameAndPort(text: String, name: String, port: String?, address: String?) {
        let node = ForwardedNode(text)
        #expect(node?.name == name)
        #expect(node?.port == port)
        #expect(node?.address == address)
        #expect(node?.description == text)
    }

    @Test func elementsAreWrittenSafely() {
        #expect(Forwarded(client: ForwardedNode("[::1]"), scheme: "https").description == "for=\"[::1]\";proto=https")
        #expect(Forwarded(host: "a\r\nX: b").description == "host=\"aX: b\"")
        #expect(Forwarded().description == "")
    }
}

struct DeclaredBodyLengthTests {
    @Test(
        arguments: [
            ("2", nil, 2), (" 2", nil, 2), ("2\t ", nil, 2), (nil, nil, nil), (nil, "chunked", nil),
            ("2", "chunked", nil), ("2", "gzip, Chunked", nil),
            ("2", "gzip", 2), ("2", "\"chunked", 2), ("a", nil, 0), ("-2", nil, 0), ("+2", nil, 0), ("", nil, 0),
            ("2 3", nil, 0), ("2,2", nil, 0), ("0x2", nil, 0),
            ("٣", nil, 0), ("2\r\n", nil, 0), ("9223372036854775807", nil, Int.max),
            ("9223372036854775808", nil, Int.max),
            ("99999999999999999999999", nil, Int.max),
        ] as [(String?, String?, Int?)])
    func theLengthIsReadLeniently(length: String?, encoding: String?, expected: Int?) {
        #expect(declaredBodyLength(contentLength: length, transferEncoding: encoding) == expected)
    }
}
