// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A function that templates can call.
public final class TemplateFunction: Sendable {
    /// What it does when it is called.
    enum Body: Sendable {
        case now(@Sendable (TemplateCall) throws -> TemplateValue)
        case later(@Sendable (TemplateCall) async throws -> TemplateValue)
    }

    /// Its name, for messages.
    public let name: String
    let body: Body
    /// Whether it changes its object, which an immutable sandbox refuses.
    let changesItsObject: Bool
    /// Whether a sandbox refuses it.
    let isUnsafe: Bool
    /// Whether an error of the function means that its value is undefined.
    let isMacro: Bool

    init(_ name: String, changes: Bool = false, isUnsafe: Bool = false, isMacro: Bool = false, _ body: Body) {
        self.name = name
        self.body = body
        changesItsObject = changes
        self.isUnsafe = isUnsafe
        self.isMacro = isMacro
    }

    /// Creates a function.
    ///
    /// - Parameters:
    ///   - name: Its name, for messages.
    ///   - isUnsafe: Whether sandboxes refuse to call it.
    ///   - body: What it does. What it throws ends the rendering.
    public convenience init(
        _ name: String, isUnsafe: Bool = false, _ body: @escaping @Sendable (TemplateCall) throws -> TemplateValue
    ) {
        self.init(name, isUnsafe: isUnsafe, .now(body))
    }

    /// Creates a function that waits, for templates that are rendered with `renderAsync`.
    ///
    /// - Parameters:
    ///   - name: Its name, for messages.
    ///   - body: What it does. What it throws ends the rendering.
    /// - Returns: The function.
    public static func waiting(
        _ name: String, _ body: @escaping @Sendable (TemplateCall) async throws -> TemplateValue
    ) -> TemplateFunction {
        TemplateFunction(name, .later(body))
    }
}

/// The arguments of a call.
public struct CallArguments: Sendable {
    /// The arguments by position.
    public var positional: [TemplateValue]
    /// The arguments by name, in the order in which they stand.
    public var keywords: [(name: String, value: TemplateValue)]

    /// Creates arguments.
    ///
    /// - Parameters:
    ///   - positional: The arguments by position.
    ///   - keywords: The arguments by name.
    public init(_ positional: [TemplateValue] = [], keywords: [(name: String, value: TemplateValue)] = []) {
        self.positional = positional
        self.keywords = keywords
    }

    /// The argument of a name.
    ///
    /// - Parameter name: The name.
    /// - Returns: The value, or nil.
    public subscript(name: String) -> TemplateValue? { keywords.first { $0.name.hasSameUTF8(as: name) }?.value }
}

/// One call of a function, a filter or a test.
public struct TemplateCall: Sendable {
    /// What is called, for messages.
    public let name: String
    /// The arguments; those of a filter or a test without its value.
    public var arguments: CallArguments
    /// The rendering that calls.
    public let rendering: Rendering

    init(name: String, arguments: CallArguments, rendering: Rendering) {
        self.name = name
        self.arguments = arguments
        self.rendering = rendering
    }

    /// Takes the arguments as the parameters of a function.
    ///
    /// - Parameter names: The names of the parameters in order.
    /// - Returns: A value for each parameter, nil where none was given.
    /// - Throws: ``TemplateError`` for an argument too many, for one that is given twice and for an unknown name.
    public func parameters(_ names: String...) throws -> [TemplateValue?] { try allParameters(names) }

    /// The same for the names of ``ParameterNames``, without an array where no argument has a name.
    @inline(__always)
    func parameters(_ names: [String]) throws -> CallParameters {
        if arguments.keywords.isEmpty, arguments.positional.count <= names.count {
            return CallParameters(positional: arguments.positional, all: nil)
        }
        return CallParameters(positional: [], all: try allParameters(names))
    }

    private func allParameters(_ names: [String]) throws -> [TemplateValue?] {
        guard arguments.positional.count <= names.count else {
            throw TemplateError(
                .argument, "\(name)() takes \(names.count) arguments, but \(arguments.positional.count) were given.")
        }
        var result: [TemplateValue?] = arguments.positional
        result += Array(repeating: nil, count: names.count - result.count)
        for (keyword, value) in arguments.keywords {
            guard let place = names.firstIndex(where: { $0.hasSameUTF8(as: keyword) }) else {
                let hint = Suggestion.sentence(for: keyword, among: names)
                throw TemplateError(.argument, "\(name)() has no parameter '\(keyword)'.\(hint)")
            }
            guard result[place] == nil else {
                throw TemplateError(.argument, "\(name)() got the parameter '\(keyword)' twice.")
            }
            result[place] = value
        }
        return result
    }
}

/// The arguments of a call, in the order of the parameters that they are for.
struct CallParameters: Sendable {
    private let positional: [TemplateValue]
    private let all: [TemplateValue?]?

    fileprivate init(positional: [TemplateValue], all: [TemplateValue?]?) {
        self.positional = positional
        self.all = all
    }

    /// Takes arguments that are given by position, and are not more than the parameters.
    init(positional: [TemplateValue]) { self.init(positional: positional, all: nil) }

    /// The value of a parameter; nil where none was given.
    @inline(__always)
    subscript(place: Int) -> TemplateValue? {
        if let all { return all[place] }
        // A plain nil would be the value `None`.
        return place < positional.count ? positional[place] : Optional<TemplateValue>.none
    }
}
