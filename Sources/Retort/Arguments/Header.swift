// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortWire

/// A header that handlers can ask for: its name and what its text becomes.
///
///     enum APIVersion: HeaderKey {
///         static let name = HTTPField.Name("X-API-Version")!
///         static func value(from text: String) -> Int? { Int(text) }
///     }
///     app.get("/posts") { (version: Header<APIVersion>) in list(version.value) }
public protocol HeaderKey: Sendable {
    /// The type of the value.
    associatedtype Value: Sendable

    /// The name of the header.
    static var name: HTTPField.Name { get }

    /// Reads the value.
    ///
    /// - Parameter text: The text of the header; several lines are joined by commas.
    /// - Returns: The value, or nil when the text is no such value.
    static func value(from text: String) -> Value?
}

extension HeaderKey where Value == String {
    /// The text itself.
    ///
    /// - Parameter text: The text of the header.
    /// - Returns: The text.
    public static func value(from text: String) -> String? { text }
}

extension HeaderKey where Value: HeaderValue {
    /// Parses the text.
    ///
    /// - Parameter text: The text of the header.
    /// - Returns: The value, or nil when the text is no such value.
    public static func value(from text: String) -> Value? { Value(headerValue: text) }
}

/// The value of one header.
///
/// A request without it is answered 422; an optional one is nil then.
public struct Header<Key: HeaderKey>: ImmediateArgument {
    /// The value.
    public var value: Key.Value

    /// Wraps a value, as a test may want it.
    ///
    /// - Parameter value: The value.
    public init(_ value: Key.Value) { self.value = value }

    /// Reads the header of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The header.
    /// - Throws: ``MissingValue`` where it is absent and `FieldErrors` where it does not fit, both with status 422.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> Header {
        let name = Key.name.rawName
        let texts = request.headers(Key.name)
        guard !texts.isEmpty else {
            throw MissingValue(HTTPError(FieldErrors.one(name, .missing, "The header \(name) is missing.")))
        }
        guard let value = Key.value(from: texts.joined(separator: ", ")) else {
            throw FieldErrors.one(name, .invalid, "The header \(name) does not have the expected form.")
        }
        return Header(value)
    }
}

/// A cookie that handlers can ask for: its name and what its text becomes.
///
///     enum Theme: CookieKey { static let name = "theme" }
///     app.get("/") { (theme: Cookie<Theme>?) in page(theme?.value ?? "light") }
public protocol CookieKey: Sendable {
    /// The type of the value.
    associatedtype Value: Sendable

    /// The name of the cookie, compared byte by byte.
    static var name: String { get }

    /// Reads the value.
    ///
    /// - Parameter text: The text of the cookie.
    /// - Returns: The value, or nil when the text is no such value.
    static func value(from text: String) -> Value?
}

extension CookieKey where Value == String {
    /// The text itself.
    ///
    /// - Parameter text: The text of the cookie.
    /// - Returns: The text.
    public static func value(from text: String) -> String? { text }
}

/// The value of one cookie.
///
/// A request without it is answered 422; an optional one is nil then.
///
/// Anybody can write a cookie: what must be believed belongs into a session.
public struct Cookie<Key: CookieKey>: ImmediateArgument {
    /// The value.
    public var value: Key.Value

    /// Wraps a value, as a test may want it.
    ///
    /// - Parameter value: The value.
    public init(_ value: Key.Value) { self.value = value }

    /// Reads the cookie of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The cookie.
    /// - Throws: ``MissingValue`` where it is absent and `FieldErrors` where it does not fit, both with status 422.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> Cookie {
        guard let text = request.cookies[Key.name] else {
            throw MissingValue(HTTPError(FieldErrors.one(Key.name, .missing, "The cookie \(Key.name) is missing.")))
        }
        guard let value = Key.value(from: text) else {
            throw FieldErrors.one(Key.name, .invalid, "The cookie \(Key.name) does not have the expected form.")
        }
        return Cookie(value)
    }
}

/// The address of the client, from a trusted proxy or else from the socket.
///
/// An optional one is nil where there is none, as over a Unix domain socket; otherwise that is answered 400.
public struct ClientAddress: ImmediateArgument, Hashable, CustomStringConvertible {
    /// The address without a port, such as `192.0.2.1` or `2001:db8::1`.
    public var description: String

    /// Wraps an address, as a test may want it.
    ///
    /// - Parameter address: The address without a port.
    public init(_ address: String) { description = address }

    /// Takes the address from a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The address.
    /// - Throws: ``MissingValue`` with status 400 where the connection has no address.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> ClientAddress {
        guard let address = request.origin.address else {
            throw MissingValue(HTTPError(.badRequest, "The address of the client is not known."))
        }
        return ClientAddress(address)
    }
}

extension FieldErrors {
    static func one(_ field: String, _ code: FieldError.Code, _ message: String) -> FieldErrors {
        FieldErrors([FieldError(field: field, code: code, message: message)])
    }
}
