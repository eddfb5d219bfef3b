// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates
import RetortWire

/// `url_for(name, id=3, _anchor="top", _external=true)` in templates.
enum URLFunction {
    static func make(_ request: Request) -> TemplateFunction {
        TemplateFunction("url_for") { call in
            guard let name = call.arguments.positional.first?.text, call.arguments.positional.count == 1 else {
                throw TemplateError(.argument, "url_for() takes the name of a route, and its values by name.")
            }
            var values = RouteValues([])
            var anchor: String?
            var method: RouteMethod?
            var isExternal = false
            for (key, value) in call.arguments.keywords {
                switch key {
                case "_anchor": anchor = value.text
                case "_method": method = value.text.flatMap { RouteMethod($0) }
                case "_external":
                    if case .bool(let truth) = value { isExternal = truth }
                default: for value in value.elements ?? [value] { values.append(key, try pathValue(value, key)) }
                }
            }
            do {
                let url = try request.url(
                    for: RouteName(name), values, method: method, anchor: anchor, external: isExternal)
                return .string(url)
            } catch let error as BuildError {
                throw TemplateError(.runtime, error.message, underlying: error)
            }
        }
    }

    private static func pathValue(_ value: TemplateValue, _ name: String) throws -> (any PathValue)? {
        switch value {
        case .none: return nil
        case .int(let number): return number
        case .float(let number): return number
        case .bool(let truth): return truth ? "True" : "False"
        case .undefined(let undefined): throw TemplateError(.undefined, undefined.message)
        default:
            guard let text = value.text else {
                throw TemplateError(
                    .argument, "The value '\(name)' of a URL is a \(value.typeName), where a text is needed.")
            }
            return text
        }
    }
}

/// `get_flashed_messages(with_categories=true, category_filter=["error"])` in templates.
enum FlashFunction {
    static func make(_ request: Request) -> TemplateFunction {
        TemplateFunction("get_flashed_messages") { call in
            guard let session = request[SessionKey.self] else {
                throw HTTPError.missing("flash messages", line: "app.use(.sessions(secret: …))", for: request)
            }
            let parameters = try call.parameters("with_categories", "category_filter")
            var messages = session.takeFlashes()
            if let wanted = parameters[1]?.elements?.compactMap(\.text), !wanted.isEmpty {
                messages = messages.filter { message in wanted.contains { $0.hasSameBytes(as: message.category) } }
            }
            var withCategories = false
            if case .bool(true)? = parameters[0] { withCategories = true }
            return .list(
                messages.map { message in
                    withCategories ? .tuple([.string(message.category), .string(message.text)]) : .string(message.text)
                })
        }
    }
}
