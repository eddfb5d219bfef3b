// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A piece of a template.
struct Token: Sendable {
    enum Kind: Sendable, Hashable {
        case data
        case blockBegin, blockEnd
        case variableBegin, variableEnd
        case name, integer, float, string
        case op
        case end
    }

    var kind: Kind
    /// The text of a name, an operator, of data, or the decoded text of a string.
    var text: String
    /// The number of a token that is one.
    var value: TemplateValue = .none
    var at: Position

    /// What the token is called in messages.
    var description: String {
        switch kind {
        case .data: "template data / text"
        case .blockBegin: "begin of statement block"
        case .blockEnd: "end of statement block"
        case .variableBegin: "begin of print statement"
        case .variableEnd: "end of print statement"
        case .end: "end of template"
        case .name, .op: text
        case .string: text
        case .integer, .float: text
        }
    }

    func isOperator(_ sign: String) -> Bool { kind == .op && text == sign }

    func isName(_ name: String) -> Bool { kind == .name && text == name }
}

/// A place in the text of a template.
struct Position: Sendable, Hashable {
    /// The line, from 1.
    var line: Int32 = 1
    /// The byte in the text whose line ends are LF.
    var offset: Int32 = 0
}
