// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Retort
import RetortOpenAPI
import RetortServer
import RetortWire

/// The page of a console, which differs from app to app only in what stands in its head.
struct ConsolePage: Sendable {
    /// The path of the files that the page loads, below the console.
    static let assetsPath = "assets/\(EmbeddedFiles.page.digest.prefix(16))"
    static let examplesPath = "examples"
    static let documentPath = "openapi.json"

    /// Everything but the page itself.
    static let assets = EmbeddedFiles(
        EmbeddedFiles.page.files.filter { !$0.path.utf8.elementsEqual("index.html".utf8) },
        digest: EmbeddedFiles.page.digest)

    private let console: Console
    private let policy: String

    init(_ console: Console) {
        self.console = console
        policy = Self.policy(console).headerValue
    }

    /// What browsers may keep, and for how long: the page is asked for each time, and is mostly still the same.
    func response(to request: Request) throws -> Response {
        let bytes = Array(try text(for: request).utf8)
        let tag = ETag(hashing: bytes)
        let headers: HTTPFields = [
            .eTag: tag.headerValue, .cacheControl: "no-cache", .contentSecurityPolicy: policy,
            .permissionsPolicy: Self.permissions.headerValue, .referrerPolicy: "same-origin",
            .crossOriginOpenerPolicy: "same-origin", .xContentTypeOptions: "nosniff",
        ]
        switch Preconditions(request.headers).evaluate(method: request.method, tag: tag, lastModified: nil) {
        case .notModified: return Response(status: .notModified, headers: headers)
        case .preconditionFailed: throw HTTPError(.preconditionFailed, "The page has changed.")
        case .proceed, .partial:
            var response = Response(.bytes(bytes), contentType: "text/html; charset=utf-8")
            for field in headers { response.fields[field.name] = field.value }
            return response
        }
    }

    // MARK: Text

    private func text(for request: Request) throws -> String {
        guard let template = EmbeddedFiles.page["index.html"]?.text else {
            throw HTTPError(.internalServerError, "The console's page is not part of the program.")
        }
        let base = Self.base(request.path)
        let title = console.title ?? console.openAPI.title ?? request.app.name
        let document = console.document.map { Self.rooted($0, request) } ?? base + Self.documentPath
        let config: JSONValue = [
            "title": .string(title), "document": .string(document),
            "start": console.start.map { .string($0) } ?? .null,
            "examples": .array(examples(base, request)),
        ]
        let values = [
            "config": Self.escaped(try config.text()), "title": Self.escaped(title),
            "document": Self.escaped(document), "assets": Self.escaped(base + Self.assetsPath),
            "preloads": Self.preloads(base),
        ]
        return Self.fill(template, values)
    }

    private func examples(_ base: String, _ request: Request) -> [JSONValue] {
        console.examples.enumerated().map { number, example in
            let url =
                switch example.source {
                case .url(let url): Self.rooted(url, request)
                case .bytes: base + Self.examplesPath + "/" + (example.served(number: number)?.path ?? "")
                }
            return ["name": .string(example.name), "url": .string(url)]
        }
    }

    /// What stands in front of the console's own paths, as seen from the page.
    ///
    /// They are relative, so that they are right under every mount and behind every proxy.
    private static func base(_ path: String) -> String {
        let bytes = path.utf8
        guard bytes.last != UInt8(ascii: "/"), let last = bytes.split(separator: UInt8(ascii: "/")).last else {
            return ""
        }
        return "./\(Substring(last))/"
    }

    /// A path of the app with what a proxy has cut off; other URLs as they are.
    private static func rooted(_ url: String, _ request: Request) -> String {
        let isPath = url.utf8.first == UInt8(ascii: "/") && !url.utf8.starts(with: "//".utf8)
        return isPath ? request.origin.rootPath + url : url
    }

    /// Modules are loaded at once, and not one after the other as they name each other.
    private static func preloads(_ base: String) -> String {
        assets.paths.filter { $0.utf8.suffix(3).elementsEqual(".js".utf8) }
            .map { "<link rel=\"modulepreload\" href=\"\(escaped("\(base)\(assetsPath)/\($0)"))\">" }
            .joined(separator: "\n")
    }

    /// Puts values into the places of a text that name them in two pairs of braces.
    static func fill(_ template: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = template.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            let inside = rest[open...].dropFirst(2)
            guard rest[open...].starts(with: "{{".utf8), let close = inside.firstIndex(of: UInt8(ascii: "}")),
                inside[close...].starts(with: "}}".utf8), let value = values[String(Substring(inside[..<close]))]
            else {
                result += String(Substring(rest[...open]))
                rest = rest[rest.index(after: open)...]
                continue
            }
            result += String(Substring(rest[..<open])) + value
            rest = rest[close...].dropFirst(2)
        }
        return result + String(Substring(rest))
    }

    /// Text for an element or an attribute in double quotes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

// MARK: Policies

extension ConsolePage {
    /// What the page may load and run: its own files, pictures that it has made, and the app.
    ///
    /// Source: Content Security Policy Level 3; Trusted Types.
    static func policy(_ console: Console) -> ContentSecurityPolicy {
        typealias Source = ContentSecurityPolicy.Source
        let none = [Source.none]
        let pictures = console.examples.compactMap { example -> String? in
            guard case .url(let url) = example.source else { return nil }
            return origin(of: url)
        }
        let apis = ([console.document].compactMap(\.self) + console.openAPI.servers).compactMap(origin(of:))
        var policy = ContentSecurityPolicy()
        policy[.defaultSources] = none
        policy[.scriptSources] = [.sameOrigin]
        policy[.styleSources] = [.sameOrigin]
        policy[.imageSources] = [.sameOrigin, .blob, .data] + unique(pictures)
        policy[.mediaSources] = [.sameOrigin, .blob]
        policy[.connectSources] = [.sameOrigin] + unique(apis)
        policy[.baseURI] = none
        policy[.formAction] = none
        policy[.frameAncestors] = none
        // No text ever becomes markup or a script.
        policy[.requireTrustedTypes] = ["'script'"]
        policy[.trustedTypes] = none
        return policy
    }

    /// The camera is for live pictures.
    static let permissions: PermissionsPolicy = {
        var policy = PermissionsPolicy()
        policy["camera"] = .only([.page])
        policy["clipboard-write"] = .only([.page])
        for feature in ["microphone", "geolocation", "payment", "usb"] { policy[feature] = .nobody }
        return policy
    }()

    private static func unique(_ origins: [String]) -> [ContentSecurityPolicy.Source] {
        var seen: Set<String> = []
        return origins.filter { seen.insert($0).inserted }.map { ContentSecurityPolicy.Source($0) }
    }

    /// Scheme, host and port of an absolute URL; nil for a path.
    private static func origin(of url: String) -> String? {
        guard let reference = try? URLReference(url), let scheme = reference.scheme?.asciiLowercased,
            scheme.hasSameBytes(as: "http") || scheme.hasSameBytes(as: "https"), let host = reference.host
        else { return nil }
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(scheme)://\(name)" + (reference.port.map { ":\($0)" } ?? "")
    }
}
