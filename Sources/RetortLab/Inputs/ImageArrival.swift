// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Retort
import RetortFetch
import RetortImaging
import RetortServer
import RetortWire

/// A file as it arrived.
struct Arrived: Sendable {
    var bytes: [UInt8]
    var name: String?
    /// What came with it that a handler may read: the fields of the form.
    var extra: [UInt8]
}

/// Finds the pictures of a request, in whatever way they come.
struct ImageArrival {
    private let request: Request
    private let lab: Lab
    private let stages: Stages?

    init(_ request: Request, _ lab: Lab, _ stages: Stages?) {
        (self.request, self.lab, self.stages) = (request, lab, stages)
    }

    /// All pictures, where more than `most` are an error; of more than one the first is taken when one is asked for.
    func all(upTo most: Int) async throws -> [Arrived] {
        if !request.body.isEmpty, ![.get, .head].contains(request.method) {
            let found = try await inBody(most)
            if !found.isEmpty { return found }
        }
        return try await fetched(try request.query.all("url"), most)
    }

    /// The answer to a request without a picture.
    static func missing(on request: Request) -> MissingValue {
        let isGet = request.method == .get || request.method == .head
        let message =
            isGet
            ? "There is no picture: give its address as ?url=."
            : "There is no picture: send it as a file of a form, as the body, in JSON, or its address as ?url=."
        let error = FieldError(field: isGet ? "url" : "image", code: .missing, message: message)
        return MissingValue(HTTPError(FieldErrors([error])))
    }

    private func inBody(_ most: Int) async throws -> [Arrived] {
        let type = MediaType(request.header(.contentType) ?? "")
        switch type?.essence ?? "" {
        case "multipart/form-data", "application/x-www-form-urlencoded": return try await inForm(most)
        case let name where name == "application/json" || name.hasSuffix("+json"): return try await inJSON(most)
        default:
            return [Arrived(bytes: try await request.body.bytes(upTo: lab.limits.bytes), extra: [])]
        }
    }

    private func inForm(_ most: Int) async throws -> [Arrived] {
        let form = try await request.form()
        let extra = form.fields.pairs.flatMap { Array("\($0.0.utf8.count):\($0.0)=\($0.1.utf8.count):\($0.1)&".utf8) }
        // Browsers send a file without name and bytes for a field that was left empty.
        let files = form.files.pairs.map(\.1).filter { $0.size > 0 || !$0.filename.isEmpty }
        try check(files.count, most)
        if !files.isEmpty {
            var result: [Arrived] = []
            for file in files.prefix(most) {
                guard file.size <= lab.limits.bytes else { throw tooLarge(file.size) }
                result.append(
                    Arrived(
                        bytes: try await file.bytes(), name: file.filename.isEmpty ? nil : file.filename, extra: extra))
            }
            return result
        }
        let texts = ["image", "images"].flatMap { form.fields.all($0) }.filter { $0.utf8.starts(with: "data:".utf8) }
        try check(texts.count, most)
        if !texts.isEmpty { return try texts.prefix(most).map { Arrived(bytes: try decoded($0), extra: extra) } }
        return try await fetched(form.fields.all("url"), most)
    }

    private func inJSON(_ most: Int) async throws -> [Arrived] {
        let bytes = try await request.body.bytes(upTo: lab.limits.bytes / 3 * 4 * most + 65_536)
        let value = try JSONCoding.decode(JSONValue.self, from: bytes)
        guard let object = value.object else { return [] }
        func texts(_ one: String, _ many: String) throws -> [String] {
            if let text = object[one] {
                guard let text = text.string else { throw notText(one) }
                return [text]
            }
            guard let list = object[many] else { return [] }
            let found = list.array?.compactMap(\.string) ?? []
            guard let list = list.array, found.count == list.count else { throw notText(many) }
            return found
        }
        let images = try texts("image", "images")
        try check(images.count, most)
        // The options stand beside the picture.
        let extra = ETag(hashing: bytes).tag.utf8
        if !images.isEmpty {
            return try images.prefix(most).map { Arrived(bytes: try decoded($0), extra: Array(extra)) }
        }
        return try await fetched(texts("url", "urls"), most)
    }

    private func fetched(_ urls: [String], _ most: Int) async throws -> [Arrived] {
        let urls = urls.filter { !$0.isEmpty }
        try check(urls.count, most)
        var result: [Arrived] = []
        for url in urls.prefix(most) {
            if url.utf8.count >= 5, url.prefix(5).lowercased() == "data:" {
                result.append(Arrived(bytes: try decoded(url), extra: []))
                continue
            }
            let start = ContinuousClock.now
            let answer = try await lab.fetcher.get(url, accepting: .picture)
            stages?.add("fetch", .now - start)
            result.append(Arrived(bytes: answer.bytes, name: answer.url, extra: []))
        }
        return result
    }

    /// The bytes of a `data:` URL or of base64 alone.
    ///
    /// Source: RFC 2397, RFC 4648.
    private func decoded(_ text: String) throws -> [UInt8] {
        var data = Substring(text)
        if text.utf8.count >= 5, text.prefix(5).lowercased() == "data:" {
            guard let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else {
                throw HTTPError(
                    .unprocessableContent, "The data: URL has no comma before its data.", code: "bad-data-url")
            }
            guard text[..<comma].lowercased().hasSuffix(";base64") else {
                throw HTTPError(
                    .unprocessableContent, "A picture in a data: URL is written in base64.", code: "bad-data-url")
            }
            data = text[text.index(after: comma)...]
        }
        guard data.utf8.count <= lab.limits.bytes / 3 * 4 + 4 else { throw tooLarge(data.utf8.count / 4 * 3) }
        guard let bytes = Base64.decodeLeniently(data.utf8) else {
            throw HTTPError(.unprocessableContent, "The picture is not valid base64.", code: "bad-base64")
        }
        return bytes
    }

    private func check(_ count: Int, _ most: Int) throws {
        // Who asks for one picture takes the first, as of other fields.
        guard most == 1 || count <= most else {
            throw HTTPError(
                .contentTooLarge, "The request has \(count) pictures; at most \(most) are taken.",
                code: "too-many-images")
        }
    }

    private func tooLarge(_ count: Int) -> ImagingError {
        ImagingError(.tooLarge, "The file has \(count) bytes; at most \(lab.limits.bytes) are taken.")
    }

    private func notText(_ field: String) -> HTTPError {
        HTTPError(
            FieldErrors([
                FieldError(field: field, code: .invalid, message: "\(field) is base64, a data: URL or an address.")
            ]))
    }
}

extension FetchContent {
    /// Pictures of the formats that are read.
    static let picture = FetchContent(accept: "image/*", name: "a picture") { ImageFormat.sniff($0) != nil }
}
