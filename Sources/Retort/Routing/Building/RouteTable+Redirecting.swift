// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

extension RouteTable {
    /// Where a matched route sends the client, or nil when it answers itself.
    func redirection(_ record: RouteRecord, _ values: PathValues, _ request: RouteRequest) -> String? {
        let given = Self.segments(record, values)
        switch record.target {
        case .redirect(let target):
            var writer = PathWriter()
            guard (try? writer.append(target) { given[$0.name] ?? [] }) != nil else { return nil }
            return String(decoding: writer.bytes, as: UTF8.self)
        case .alias:
            for id in names.routes[record.name?.text ?? ""] ?? [] {
                if let location = location(records[Int(id)], given, record, request) { return location }
            }
            return nil
        case .value:
            for other in names.canonical(for: record, in: records) {
                if let location = location(other, given, record, request) { return location }
            }
            return nil
        case .buildOnly: return nil
        }
    }

    /// The decoded segments of each value by name.
    private static func segments(_ record: RouteRecord, _ values: PathValues) -> [String: [String]] {
        var values = values
        var result: [String: [String]] = [:]
        let own = record.variables.count - record.defaults.count
        for (index, variable) in record.variables.enumerated() {
            if index == own - 1, record.pattern.takesRest {
                result[variable.name] = values.next(RestOfPath.self)?.segments
            } else {
                result[variable.name] = values.nextText().map { [$0] }
            }
        }
        return result
    }

    /// The URL of `target` with these values, or nil when one is missing or differs from a default.
    private func location(
        _ target: RouteRecord, _ given: [String: [String]], _ source: RouteRecord, _ request: RouteRequest
    ) -> String? {
        guard target.isBuildOnly || answers(target, request) else { return nil }
        for (value, type) in zip(target.defaults, target.types.suffix(target.defaults.count)) {
            guard let text = given[value.name]?.first else { continue }
            // 007 and 7 are the same page.
            guard let read = type.init(pathText: text), let known = type.init(pathText: value.text),
                read.pathText.utf8.elementsEqual(known.pathText.utf8)
            else { return nil }
        }
        guard let (host, path) = try? write(target, { given[$0.name] }) else { return nil }
        let text = String(decoding: path, as: UTF8.self)
        guard let host, target.host != source.host else { return text }
        return "//\(host)\(text)"
    }

    private func answers(_ record: RouteRecord, _ request: RouteRequest) -> Bool {
        if record.isWebSocket || request.isWebSocket { return record.isWebSocket == request.isWebSocket }
        var bits = methods.bits(record.methods)
        if record.methods.contains(.get) { bits |= 1 << UInt64(RouteMethod.head.code) }
        return record.methods.isAny || (request.method >= 0 && bits & 1 << UInt64(request.method) != 0)
    }

    /// Writes host and path of a route.
    ///
    /// Nil for a value is an empty one, which is refused.
    func write(
        _ record: RouteRecord, _ value: (PatternVariable) throws -> [String]?
    ) throws -> (host: String?, path: [UInt8]) {
        var writer = PathWriter()
        try writer.append(record.pattern) { try value($0) ?? [] }
        guard let host = record.host else { return (nil, writer.bytes) }
        var name: [UInt8] = []
        for piece in host.segment.pieces {
            switch piece {
            case .literal(let bytes): name += bytes
            case .variable(let variable):
                let text = try value(variable)?.first ?? ""
                guard Self.isHostText(text, labels: variable.takesRest) else {
                    throw BuildError(.unfitValue, "\"\(text)\" cannot stand for \(variable.text) in the host \(host).")
                }
                name += text.utf8
            }
        }
        return (HostText.normalized(name.span), writer.bytes)
    }

    /// Whether a text can be a part of a host name.
    private static func isHostText(_ text: String, labels: Bool) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    || (labels && $0 == UInt8(ascii: "."))
            }
    }
}
