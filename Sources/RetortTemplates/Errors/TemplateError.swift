// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Why a template could not be found, compiled or rendered.
public struct TemplateError: Error, Sendable, CustomStringConvertible {
    /// What kind of error it is.
    ///
    /// An open set.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name in words joined by hyphens.
        public let description: String
        /// What Jinja calls it.
        public let jinjaName: String

        /// Creates a code.
        ///
        /// - Parameters:
        ///   - name: Words joined by hyphens.
        ///   - jinjaName: What Jinja calls it.
        public init(_ name: String, jinjaName: String = "TemplateRuntimeError") {
            description = name
            self.jinjaName = jinjaName
        }

        /// The template does not follow the grammar.
        public static let syntax = Code("syntax", jinjaName: "TemplateSyntaxError")
        /// The template names something that does not exist: a filter, a test, a variable of a translation.
        public static let unknownName = Code("unknown-name", jinjaName: "TemplateAssertionError")
        /// No loader has the template.
        public static let notFound = Code("not-found", jinjaName: "TemplateNotFound")
        /// No loader has any of the templates.
        public static let noneFound = Code("none-found", jinjaName: "TemplatesNotFound")
        /// An undefined value was used.
        public static let undefined = Code("undefined", jinjaName: "UndefinedError")
        /// Rendering failed.
        public static let runtime = Code("runtime")
        /// The sandbox refused it.
        public static let security = Code("security", jinjaName: "SecurityError")
        /// A filter, a test or a function was given arguments that it does not take.
        public static let argument = Code("argument", jinjaName: "FilterArgumentError")
        /// Values of these types do not go together.
        public static let type = Code("type", jinjaName: "TypeError")
        /// A value is outside of what an operation takes.
        public static let value = Code("value", jinjaName: "ValueError")
        /// A number is divided by zero.
        public static let division = Code("division", jinjaName: "ZeroDivisionError")
        /// A whole number would need more than 64 bits.
        public static let overflow = Code("overflow", jinjaName: "OverflowError")
        /// A function has nothing more to give; its call is an undefined value.
        public static let stopIteration = Code("stop-iteration", jinjaName: "StopIteration")
        /// A limit was passed: of steps, of output, of depth, of a range.
        public static let limit = Code("limit", jinjaName: "OverflowError")
    }

    /// A place in a template.
    public struct Place: Hashable, Sendable, CustomStringConvertible {
        /// The name of the template; nil for one made of a text.
        public var template: String?
        /// The line, from 1.
        public var line: Int
        /// The column in characters, from 1.
        public var column: Int
        /// The text of the line.
        public var source: String?

        /// The template, line and column.
        public var description: String { "\(template ?? "<template>"):\(line):\(column)" }
    }

    /// What kind of error it is.
    public var code: Code
    /// One sentence: what happened, and what to do.
    public var message: String
    /// Where, from the innermost place to the template that was rendered.
    public var places: [Place] = []
    /// The names of the templates that were looked for.
    public var templates: [String] = []
    /// What a function of the app threw.
    public var underlying: (any Error)?

    /// Creates an error without a place.
    ///
    /// - Parameters:
    ///   - code: What kind of error it is.
    ///   - message: One sentence: what happened, and what to do.
    ///   - underlying: What a function of the app threw.
    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// The innermost place.
    public var place: Place? { places.first }

    /// The sentence, the place with its line and a caret below the column, and the templates on the way to it.
    public var description: String {
        var text = "\(code.jinjaName): \(message)"
        for (index, place) in places.enumerated() {
            text += "\n  \(index == 0 ? "in" : "from") \(place)"
            guard index == 0, let source = place.source else { continue }
            let number = "\(place.line)"
            let space = source.unicodeScalars.prefix(max(0, place.column - 1)).map { $0 == "\t" ? "\t" : " " }
            text += "\n    \(number) | \(source)\n    "
            text += String(repeating: " ", count: number.count) + " | " + space.joined() + "^"
        }
        return text
    }
}
