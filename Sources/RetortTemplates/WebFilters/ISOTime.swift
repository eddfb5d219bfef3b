// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Times in the form of ISO 8601, such as `2027-03-05T10:15:30.5+01:00`.
///
/// Source: RFC 3339 §5.6; a date alone, a space in place of `T`, and a missing zone (UTC) are accepted too.
enum ISOTime {
    /// The seconds since 1970 of a text; nil where it is no time.
    static func seconds(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard bytes.count <= 40, let year = number(bytes, 0, 4), mark(bytes, 4, "-"), let month = number(bytes, 5, 2),
            mark(bytes, 7, "-"), let day = number(bytes, 8, 2), (1...12).contains(month),
            (1...CivilTime.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        let date = Double(CivilTime.dayNumber(year, month, day)) * 86_400
        if bytes.count == 10 { return date }
        guard mark(bytes, 10, "T") || mark(bytes, 10, "t") || mark(bytes, 10, " "), let hour = number(bytes, 11, 2),
            mark(bytes, 13, ":"), let minute = number(bytes, 14, 2), hour < 24, minute < 60
        else { return nil }
        var time = Double(hour * 3600 + minute * 60)
        var place = 16
        if mark(bytes, 16, ":") {
            guard let second = number(bytes, 17, 2), second <= 60 else { return nil }
            time += Double(second)
            place = 19
            if mark(bytes, 19, ".") {
                let digits = bytes[20...].prefix { (0x30...0x39).contains($0) }.prefix(9)
                guard !digits.isEmpty else { return nil }
                var scale = 0.1
                for digit in digits {
                    time += Double(digit & 15) * scale
                    scale /= 10
                }
                place = 20 + bytes[20...].prefix { (0x30...0x39).contains($0) }.count
            }
        }
        guard let offset = offset(bytes, place) else { return nil }
        return date + time - Double(offset)
    }

    private static func offset(_ bytes: [UInt8], _ place: Int) -> Int? {
        if place == bytes.count { return 0 }
        if place + 1 == bytes.count { return bytes[place] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
        guard mark(bytes, place, "+") || mark(bytes, place, "-"), let hours = number(bytes, place + 1, 2) else {
            return nil
        }
        let minutesAt = mark(bytes, place + 3, ":") ? place + 4 : place + 3
        guard let minutes = number(bytes, minutesAt, 2), minutesAt + 2 == bytes.count, hours < 24, minutes < 60 else {
            return nil
        }
        return (hours * 3600 + minutes * 60) * (bytes[place] == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func mark(_ bytes: [UInt8], _ place: Int, _ sign: Unicode.Scalar) -> Bool {
        place < bytes.count && UInt32(bytes[place]) == sign.value
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
        guard start + count <= bytes.count else { return nil }
        var result = 0
        for byte in bytes[start..<(start + count)] {
            guard (0x30...0x39).contains(byte) else { return nil }
            result = result * 10 + Int(byte & 15)
        }
        return result
    }
}
