// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The Date header of a response.
///
/// Source: RFC 9110 §6.6.1.
enum DateLine {
    /// `date: Sun, 06 Nov 1994 08:49:37 GMT` and a line end, for now.
    static func now() -> [UInt8] {
        Array("date: \(HTTPDate(secondsSince1970: SystemClock.unixSeconds()).headerValue)\r\n".utf8)
    }
}
