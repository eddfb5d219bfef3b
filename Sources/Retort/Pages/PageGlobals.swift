// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import HTTPTypes
import RetortServer
import RetortTemplates
import RetortWire

/// What every template of a page sees beside its context.
struct PageGlobals: Sendable {
    private let request: Request
    private let csrf: CSRFToken?
    private let values: [String: TemplateValue]
    let language: ChosenLanguage?

    init(_ request: Request, csrf: CSRFToken?, values: [String: TemplateValue], language: ChosenLanguage?) {
        self.language = language
        self.request = request
        self.csrf = csrf
        self.values = values
    }

    /// Finds out what takes waiting, as far as the template may ask for it.
    static func make(_ request: Request, for template: Template, language: ChosenLanguage?) async throws -> PageGlobals
    {
        // A session on a server is read now; one in a cookie when somebody looks at it.
        if request[SessionKey.self] != nil, template.mayUse("session") || template.mayUse("get_flashed_messages") {
            _ = try await request.session
        }
        let asksForToken =
            request[CSRFKey.self] != nil && (template.mayUse("csrf_token") || template.mayUse("csrf_input"))
        let token = asksForToken ? try await request.csrfToken : nil
        var values: [String: TemplateValue] = [:]
        for make in request.app.templates.contexts { values.merge(try await make(request)) { $1 } }
        return PageGlobals(request, csrf: token, values: values, language: language)
    }

    /// Each is made when a template asks for it.
    var lookUp: Template.Lookup {
        { [self] name in
            if let value = values[name] { return value }
            switch name {
            case "request": return .object(RequestObject(request))
            case "session": return request[SessionKey.self].map { .object(SessionObject($0)) }
            case "config": return .object(ConfigObject(request.app.settings))
            case "language", PageLanguages.variable: return language.map { .string($0.tag) }
            case "url_for": return .function(URLFunction.make(request))
            case "get_flashed_messages": return .function(FlashFunction.make(request))
            case "csrf_token": return .function(tokenFunction("csrf_token") { .string($0.value) })
            case "csrf_input": return .function(tokenFunction("csrf_input") { .markup(SafeHTML($0.input.text)) })
            case "csp_nonce":
                return .function(TemplateFunction("csp_nonce") { _ in .string(try request.cspNonce.value) })
            default: return nil
            }
        }
    }

    private func tokenFunction(
        _ name: String, _ make: @escaping @Sendable (CSRFToken) -> TemplateValue
    ) -> TemplateFunction {
        TemplateFunction(name) { _ in
            guard let csrf else { throw HTTPError.missing("a CSRFToken", line: "app.use(.csrf())", for: request) }
            return make(csrf)
        }
    }
}

/// `request` in templates.
final class RequestObject: TemplateObject {
    private let request: Request

    init(_ request: Request) { self.request = request }

    var typeName: String { "Request" }
    var isTrue: Bool { true }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "method": .string(request.method.rawValue)
        case "path": .string(PercentCoding.decodedText(request.path))
        case "query_string": .string(request.queryString ?? "")
        case "host": .string(request.origin.host)
        case "scheme": .string(request.origin.scheme)
        case "is_secure": .bool(request.origin.isSecure)
        case "remote_addr": request.origin.address.map { .string($0) } ?? TemplateValue.none
        case "endpoint": request.routeName.map { .string($0) } ?? TemplateValue.none
        case "blueprint": request.blueprint.map { .string($0) } ?? TemplateValue.none
        case "url": .string("\(request.origin.scheme)://\(request.origin.host)\(request.origin.rootPath)\(target)")
        case "args": arguments
        case "headers": .object(HeadersObject(request))
        case "cookies": .dict(request.cookies.values.pairs.map { ($0.name, .string($0.value)) })
        default: nil
        }
    }

    private var target: String { request.path + (request.queryString.map { "?\($0)" } ?? "") }

    private var arguments: TemplateValue {
        guard let query = request.queryString, let pairs = try? MultiDict<String>(urlEncoded: query) else {
            return .dict([])
        }
        var seen: [(String, TemplateValue)] = []
        // The first value of a name counts, as in Flask.
        for (name, value) in pairs.pairs where !seen.contains(where: { $0.0.hasSameBytes(as: name) }) {
            seen.append((name, .string(value)))
        }
        return .dict(seen)
    }
}

/// `request.headers` in templates.
final class HeadersObject: TemplateObject {
    private let request: Request

    init(_ request: Request) { self.request = request }

    var isTrue: Bool { true }

    func item(_ key: TemplateValue) -> TemplateValue? {
        guard let text = key.text, let name = HTTPField.Name(text) else { return nil }
        return request.header(name).map { .string($0) }
    }
}

/// `session` in templates, which look at it and do not change it.
final class SessionObject: TemplateObject {
    private let session: Session

    init(_ session: Session) { self.session = session }

    var typeName: String { "Session" }
    var isTrue: Bool { true }

    func attribute(_ name: String) -> TemplateValue? {
        guard name == "get" else { return session[name].map(Self.value) }
        return .function(
            TemplateFunction("get") { [session] call in
                let parameters = try call.parameters("key", "default")
                return parameters[0]?.text.flatMap { session[$0].map(Self.value) } ?? parameters[1]
                    ?? TemplateValue.none
            })
    }

    func item(_ key: TemplateValue) -> TemplateValue? { key.text.flatMap { session[$0].map(Self.value) } }

    static func value(_ value: SessionValue) -> TemplateValue {
        switch value {
        case .null: .none
        case .bool(let truth): .bool(truth)
        case .int(let number): .int(Int(number))
        case .double(let number): .float(number)
        case .string(let text): .string(text)
        case .array(let values): .list(values.map(Self.value))
        case .tuple(let values): .tuple(values.map(Self.value))
        case .object(let members): .dict(members.map { ($0.name, Self.value($0.value)) })
        case .bytes(let bytes): .object(TemplateBytes(bytes))
        case .markup(let text): .markup(SafeHTML(text))
        case .uuid(let id): .string(id.uuidString.lowercased())
        case .date(let date): .object(DateObject(secondsSince1970: date.timeIntervalSince1970))
        }
    }
}

/// `config` in templates: settings that are no secrets, by the keys that the command `config` lists.
final class ConfigObject: TemplateObject {
    private let settings: Settings

    init(_ settings: Settings) { self.settings = settings }

    var isTrue: Bool { true }

    func attribute(_ name: String) -> TemplateValue? {
        if name.asciiLowercased == "debug" { return .bool(settings.isDebug) }
        return item(.string(name))
    }

    func item(_ key: TemplateValue) -> TemplateValue? {
        guard let name = key.text?.asciiLowercased,
            let setting = SettingTable.all.first(where: { $0.key.hasSameBytes(as: name) }), !setting.isSecret
        else { return nil }
        return setting.show(settings).map { .string($0) } ?? TemplateValue.none
    }
}
