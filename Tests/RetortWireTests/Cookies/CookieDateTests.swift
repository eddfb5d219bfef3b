// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct CookieDateTests {
    // Source: RFC 6265bis §5.1.1.
    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT", "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "06 november 1994 8:49:37",
        "1994 Nov 6th 08:49:37",
        "08:49:37 6 NOV 1994", "Nov;6;1994;08:49:37", "6 Nov 94 08:49:37xyz", "Nov 6 1994 08:49:37:99 more words",
        "06 Nov 1994 08:49:37 +0100",
    ])
    func nearlyEverythingIsUnderstood(text: String) {
        #expect(CookieDate.parse(FieldSlice(text.utf8))?.secondsSince1970 == 784_111_777)
    }

    @Test(arguments: [
        "", "foo", "06 Nov 1994", "06 Nov 08:49:37", "06 1994 08:49:37", "Nov 1994 08:49:37", "31 Feb 1994 08:49:37",
        "06 Nov 1600 08:49:37", "06 Nov 1994 24:00:00", "06 Nov 1994 00:60:00", "06 Nov 1994 00:00:60",
        "006 Nov 1994 08:49:37",
        "06 Nov 19940 08:49:37", "06 Nov 1994 08:49", "06 Nov 1994 008:49:37", "06 Nov 1994 08:49x:37",
    ])
    func withoutItsPartsThereIsNoDate(text: String) {
        #expect(CookieDate.parse(FieldSlice(text.utf8)) == nil)
    }

    @Test(arguments: [("69", 2069), ("70", 1970), ("99", 1999), ("00", 2000), ("1601", 1601)])
    func yearsOfTwoDigitsAreOfOurTime(digits: String, year: Int) {
        #expect(CookieDate.parse(FieldSlice("06 Nov \(digits) 08:49:37".utf8))?.parts.year == year)
    }
}
