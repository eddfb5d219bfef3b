// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
import RetortWire

/// A request method as a small value: the ten that everybody uses are a number, any other token is its text.
///
/// Methods are case-sensitive.
///
/// Source: RFC 9110 §9.1.
public struct RouteMethod: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The place in `wellKnown`, or `otherCode`.
    let code: UInt8

    /// The token, such as `GET`.
    public let name: String

    /// The methods with a number of their own, in the order in which `Allow` lists them.
    static let wellKnown = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE", "QUERY",
    ]

    /// The number of every other method.
    static let otherCode: UInt8 = 10

    /// Creates a method from a token; nil when it is empty, longer than 64 bytes or holds a byte that no token has.
    ///
    /// - Parameter name: The token.
    public init?(_ name: String) {
        self.init(bytes: name.utf8.span)
    }

    /// Creates a method from the bytes of a request line; nil when they are no token of at most 64 bytes.
    ///
    /// - Parameter bytes: The token.
    public init?(bytes: Span<UInt8>) {
        guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
        for index in bytes.indices where !bytes[index].isTokenByte { return nil }
        self.init(token: bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
    }

    /// Creates a method from the currency type of the ecosystem.
    ///
    /// - Parameter method: A valid method.
    public init(_ method: HTTPRequest.Method) { self.init(token: method.rawValue) }

    /// Creates a method that stands in the source; one that is no token stops the program.
    ///
    /// - Parameter value: The token.
    public init(stringLiteral value: String) {
        guard let method = RouteMethod(value) else {
            stopAtStartUp("\"\(value)\" is no method: a method has letters, digits and -, and at most 64 of them.")
        }
        self = method
    }

    private init(token: String) {
        self.init(code: Self.code(of: token), name: token)
    }

    private init(code: UInt8, name: String) {
        self.code = code
        self.name = name
    }

    /// A method that no request has and no route answers, except those for any method.
    static let none = RouteMethod(code: otherCode, name: "")

    private static func code(of token: String) -> UInt8 {
        switch token {
        case "GET": 0
        case "HEAD": 1
        case "POST": 2
        case "PUT": 3
        case "DELETE": 4
        case "PATCH": 5
        case "OPTIONS": 6
        case "CONNECT": 7
        case "TRACE": 8
        case "QUERY": 9
        default: otherCode
        }
    }

    /// The token.
    public var description: String { name }

    /// Reads a resource.
    public static let get = RouteMethod(code: 0, name: "GET")
    /// Reads the header of what `GET` would give.
    public static let head = RouteMethod(code: 1, name: "HEAD")
    /// Hands something over.
    public static let post = RouteMethod(code: 2, name: "POST")
    /// Replaces a resource.
    public static let put = RouteMethod(code: 3, name: "PUT")
    /// Removes a resource.
    public static let delete = RouteMethod(code: 4, name: "DELETE")
    /// Changes a part of a resource.
    ///
    /// Source: RFC 5789.
    public static let patch = RouteMethod(code: 5, name: "PATCH")
    /// Asks what can be done with a resource.
    public static let options = RouteMethod(code: 6, name: "OPTIONS")
    /// Opens a tunnel.
    public static let connect = RouteMethod(code: 7, name: "CONNECT")
    /// Echoes the request.
    public static let trace = RouteMethod(code: 8, name: "TRACE")
    /// Asks a question that does not fit into a URL.
    public static let query = RouteMethod(code: 9, name: "QUERY")
}

/// A set of request methods.
public struct RouteMethods: Hashable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
    /// One bit for each method with a number.
    var bits: UInt16

    /// The other methods, in the order of their bytes.
    var others: [String]

    /// Whether every method belongs to the set.
    public private(set) var isAny: Bool

    /// Every method.
    public static let any = RouteMethods(bits: 0, others: [], isAny: true)

    /// Creates a set from a literal, as in `[.get, .post, "PURGE"]`.
    ///
    /// - Parameter elements: The methods.
    public init(arrayLiteral elements: RouteMethod...) { self.init(elements) }

    /// Creates a set.
    ///
    /// - Parameter methods: The methods; one that stands twice counts once.
    public init(_ methods: some Sequence<RouteMethod>) {
        self.init(bits: 0, others: [], isAny: false)
        for method in methods { insert(method) }
    }

    init(bits: UInt16, others: [String], isAny: Bool = false) {
        self.bits = bits
        self.others = others
        self.isAny = isAny
    }

    /// Whether no method belongs to the set.
    public var isEmpty: Bool { bits == 0 && others.isEmpty && !isAny }

    /// Whether a method belongs to the set.
    ///
    /// - Parameter method: The method.
    /// - Returns: Always true for ``any``.
    public func contains(_ method: RouteMethod) -> Bool {
        if isAny { return true }
        if method.code < RouteMethod.otherCode { return bits & (1 << UInt16(method.code)) != 0 }
        return others.contains(method.name)
    }

    /// Adds a method.
    ///
    /// - Parameter method: The method.
    public mutating func insert(_ method: RouteMethod) {
        if method.code < RouteMethod.otherCode {
            bits |= 1 << UInt16(method.code)
        } else if !others.contains(method.name) {
            others.append(method.name)
            others.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    /// Adds the methods of another set.
    ///
    /// - Parameter other: The other set.
    public mutating func formUnion(_ other: RouteMethods) {
        bits |= other.bits
        isAny = isAny || other.isAny
        for name in other.others where !others.contains(name) { others.append(name) }
        others.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The tokens: the usual ones in a fixed order, then the others in the order of their bytes.
    public var names: [String] {
        let known = RouteMethod.wellKnown.enumerated().filter { bits & (1 << UInt16($0.offset)) != 0 }.map(\.element)
        return known + others
    }

    /// The value of an `Allow` field, such as `GET, HEAD, OPTIONS`; `*` for every method.
    ///
    /// Source: RFC 9110 §10.2.1.
    public var description: String { isAny ? "*" : names.joined(separator: ", ") }
}
