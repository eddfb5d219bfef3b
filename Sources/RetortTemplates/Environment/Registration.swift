// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension TemplateEnvironment.Configuration {
    /// Adds a filter that sees the whole call.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - body: Makes the result of the value in front of the bar and the call.
    public mutating func filter(
        _ name: String, call body: @escaping @Sendable (TemplateValue, TemplateCall) throws -> TemplateValue
    ) {
        filters[name] = TemplateFilter(name, body)
    }

    /// Adds a filter with typed arguments.
    ///
    ///     configuration.filter("shout") { (text: String, times: Int) in text + String(repeating: "!", count: times) }
    ///
    /// The first argument is the value in front of the bar. An optional argument may be left out.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - body: Makes the result.
    public mutating func filter<each A: TemplateArgument, Result: TemplateConvertible>(
        _ name: String, _ body: @escaping @Sendable (repeat each A) throws -> Result
    ) {
        filters[name] = TemplateFilter(name) { value, call in
            var values = ArgumentReader([value] + call.arguments.positional, call)
            let result = try body(repeat try values.next((each A).self))
            try values.finish()
            return try result.templateValue
        }
    }

    /// Adds a test with typed arguments, of which the first is the value in front of `is`.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - body: Whether the value passes.
    public mutating func test<each A: TemplateArgument>(
        _ name: String, _ body: @escaping @Sendable (repeat each A) throws -> Bool
    ) {
        tests[name] = TemplateTest(name) { value, call in
            var values = ArgumentReader([value] + call.arguments.positional, call)
            let result = try body(repeat try values.next((each A).self))
            try values.finish()
            return result
        }
    }

    /// Adds a function that all templates can call, with typed arguments.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - body: Makes the result.
    public mutating func function<each A: TemplateArgument, Result: TemplateConvertible>(
        _ name: String, _ body: @escaping @Sendable (repeat each A) throws -> Result
    ) {
        globals[name] = .function(
            TemplateFunction(name) { call in
                var values = ArgumentReader(call.arguments.positional, call)
                let result = try body(repeat try values.next((each A).self))
                try values.finish()
                return try result.templateValue
            })
    }

    /// Adds a function that waits, for templates that are rendered with `renderAsync`.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - body: Makes the result.
    public mutating func function<each A: TemplateArgument, Result: TemplateConvertible>(
        _ name: String, waiting body: @escaping @concurrent @Sendable (repeat each A) async throws -> Result
    ) {
        globals[name] = .function(
            TemplateFunction.waiting(name) { call in
                var values = ArgumentReader(call.arguments.positional, call)
                let result = try await body(repeat try values.next((each A).self))
                try values.finish()
                return try result.templateValue
            })
    }
}

/// Hands out the arguments of a call one by one.
struct ArgumentReader {
    private var values: ArraySlice<TemplateValue>
    private let call: TemplateCall
    private var count = 0

    init(_ values: [TemplateValue], _ call: TemplateCall) {
        self.values = values[...]
        self.call = call
    }

    mutating func next<Argument: TemplateArgument>(_ type: Argument.Type) throws -> Argument {
        count += 1
        let value = values.popFirst()
        if let result = Argument(argument: value) { return result }
        guard let value else { throw TemplateError(.argument, "\(call.name)() needs argument \(count).") }
        if case .undefined(let undefined) = value { throw undefined.error() }
        throw TemplateError(
            .argument,
            "Argument \(count) of \(call.name)() is a \(value.typeName), where \(Argument.argumentName) is needed.")
    }

    func finish() throws {
        guard values.isEmpty, call.arguments.keywords.isEmpty else {
            if let keyword = call.arguments.keywords.first {
                throw TemplateError(.argument, "\(call.name)() has no parameter '\(keyword.name)'.")
            }
            throw TemplateError(.argument, "\(call.name)() takes \(count) arguments, and more were given.")
        }
    }
}

/// A type that a function for templates can take.
public protocol TemplateArgument: Sendable {
    /// What it is called in messages, such as `a number`.
    static var argumentName: String { get }

    /// Takes a value.
    ///
    /// - Parameter argument: The value; nil when none was given. Nil is returned for what is no such value.
    init?(argument: TemplateValue?)
}

/// A type that a function for templates can return.
public protocol TemplateConvertible: Sendable {
    /// The value in a template.
    ///
    /// - Throws: An error that ends the rendering.
    var templateValue: TemplateValue { get throws }
}

extension String: TemplateArgument, TemplateConvertible {
    /// `a text`.
    public static var argumentName: String { "a text" }
    /// Takes a text, and the text of markup, numbers and truth values.
    public init?(argument: TemplateValue?) {
        switch argument {
        case .string(let text)?: self = text
        case .markup(let markup)?: self = markup.html
        case .int?, .float?, .bool?: self = argument?.representation ?? ""
        default: return nil
        }
    }
    /// The text.
    public var templateValue: TemplateValue { .string(self) }
}

extension Int: TemplateArgument, TemplateConvertible {
    /// `a whole number`.
    public static var argumentName: String { "a whole number" }
    /// Takes a whole number.
    public init?(argument: TemplateValue?) {
        guard let number = argument?.integer else { return nil }
        self = number
    }
    /// The number.
    public var templateValue: TemplateValue { .int(self) }
}

extension Double: TemplateArgument, TemplateConvertible {
    /// `a number`.
    public static var argumentName: String { "a number" }
    /// Takes a number.
    public init?(argument: TemplateValue?) {
        guard let number = argument?.number else { return nil }
        self = number
    }
    /// The number.
    public var templateValue: TemplateValue { .float(self) }
}

extension Bool: TemplateArgument, TemplateConvertible {
    /// `true or false`.
    public static var argumentName: String { "true or false" }
    /// Takes a truth value.
    public init?(argument: TemplateValue?) {
        guard case .bool(let truth)? = argument else { return nil }
        self = truth
    }
    /// The truth value.
    public var templateValue: TemplateValue { .bool(self) }
}

extension SafeHTML: TemplateArgument, TemplateConvertible {
    /// `HTML`.
    public static var argumentName: String { "HTML" }
    /// Takes markup, and escapes a text.
    public init?(argument: TemplateValue?) {
        switch argument {
        case .markup(let markup)?: self = markup
        case .string(let text)?: self = .escaping(text)
        default: return nil
        }
    }
    /// The markup.
    public var templateValue: TemplateValue { .markup(self) }
}

extension TemplateValue: TemplateArgument, TemplateConvertible {
    /// `a value`.
    public static var argumentName: String { "a value" }
    /// Takes every value.
    public init?(argument: TemplateValue?) {
        guard let argument else { return nil }
        self = argument
    }
    /// The value.
    public var templateValue: TemplateValue { self }
}

extension Optional: TemplateArgument where Wrapped: TemplateArgument {
    /// That of the value.
    public static var argumentName: String { Wrapped.argumentName }
    /// Takes a value, `None`, or nothing.
    public init?(argument: TemplateValue?) {
        guard let argument, !argument.isNone else {
            self = Optional<Wrapped>.none
            return
        }
        guard let value = Wrapped(argument: argument) else { return nil }
        self = value
    }
}

extension Optional: TemplateConvertible where Wrapped: TemplateConvertible {
    /// The value, or `None`.
    public var templateValue: TemplateValue { get throws { try self?.templateValue ?? .none } }
}

extension Array: TemplateArgument where Element: TemplateArgument {
    /// `a list`.
    public static var argumentName: String { "a list" }
    /// Takes a list or a tuple whose elements all fit.
    public init?(argument: TemplateValue?) {
        guard let values = argument?.elements else { return nil }
        let elements = values.compactMap { Element(argument: $0) }
        guard elements.count == values.count else { return nil }
        self = elements
    }
}

extension Array: TemplateConvertible where Element: TemplateConvertible {
    /// The list.
    public var templateValue: TemplateValue { get throws { .list(try map { try $0.templateValue }) } }
}
