// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Something with attributes, elements or behaviour of its own, that templates use through these functions.
///
/// All have a default, so a type implements only what it offers:
///
///     final class Visitor: TemplateObject {
///         func attribute(_ name: String) -> TemplateValue? { name == "name" ? .string(current.name) : nil }
///     }
public protocol TemplateObject: AnyObject, Sendable {
    /// What the type is called in messages.
    var typeName: String { get }

    /// Whether it counts as true.
    var isTrue: Bool { get }

    /// How it is printed.
    var text: String { get }

    /// How it is printed inside a list.
    var representation: String { get }

    /// The number of elements; nil where it has none.
    var count: Int? { get }

    /// Finds an attribute, as in `object.name`.
    ///
    /// - Parameter name: The name.
    /// - Returns: The value, or nil where there is none.
    /// - Throws: An error that ends the rendering.
    func attribute(_ name: String) throws -> TemplateValue?

    /// Finds an element, as in `object[key]`.
    ///
    /// - Parameter key: The key.
    /// - Returns: The value, or nil where there is none.
    /// - Throws: An error that ends the rendering.
    func item(_ key: TemplateValue) throws -> TemplateValue?

    /// Sets an attribute, as `{% set object.name = value %}` does.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - value: The value.
    /// - Returns: Whether the object can be changed in this way.
    func setAttribute(_ name: String, to value: TemplateValue) -> Bool

    /// The elements in order, for a loop; nil where there are none to go through.
    ///
    /// - Throws: An error that ends the rendering.
    func elements() throws -> [TemplateValue]?

    /// The elements one by one as they come, for a loop; nil where ``elements()`` has them.
    func asyncElements() -> AsyncThrowingStream<TemplateValue, any Error>?

    /// Calls the object as a function.
    ///
    /// - Parameter call: The arguments, and the rendering.
    /// - Returns: The result; nil when it is no function.
    /// - Throws: An error that ends the rendering.
    func call(_ call: TemplateCall) throws -> TemplateValue?

    /// Whether it equals another value.
    ///
    /// - Parameter other: The other value.
    /// - Returns: Whether they are equal; nil to ask the other one.
    func isEqual(to other: TemplateValue) -> Bool?

    /// Whether it is HTML, and which.
    var html: SafeHTML? { get }
}

extension TemplateObject {
    /// The name of the type.
    public var typeName: String { "\(Self.self)" }
    /// True unless it is empty.
    public var isTrue: Bool { count != 0 }
    /// The name of the type in angle brackets.
    public var text: String { "<\(typeName)>" }
    /// As ``text``.
    public var representation: String { text }
    /// No elements.
    public var count: Int? { nil }
    /// No attributes.
    public func attribute(_ name: String) -> TemplateValue? { nil }
    /// No elements.
    public func item(_ key: TemplateValue) -> TemplateValue? { nil }
    /// Cannot be changed.
    public func setAttribute(_ name: String, to value: TemplateValue) -> Bool { false }
    /// No elements.
    public func elements() -> [TemplateValue]? { nil }
    /// No elements that come one by one.
    public func asyncElements() -> AsyncThrowingStream<TemplateValue, any Error>? { nil }
    /// Not a function.
    public func call(_ call: TemplateCall) -> TemplateValue? { nil }
    /// The same object.
    public func isEqual(to other: TemplateValue) -> Bool? {
        if case .object(let other) = other { return self === other }
        return nil
    }
    /// No HTML.
    public var html: SafeHTML? { nil }
}
