// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How templates are written: their delimiters, and what becomes of white space.
///
/// The names are those of Jinja's environment.
public struct TemplateSyntax: Sendable, Hashable {
    /// What begins a statement.
    public var blockStart = "{%"
    /// What ends a statement.
    public var blockEnd = "%}"
    /// What begins an expression that is printed.
    public var variableStart = "{{"
    /// What ends an expression that is printed.
    public var variableEnd = "}}"
    /// What begins a comment.
    public var commentStart = "{#"
    /// What ends a comment.
    public var commentEnd = "#}"
    /// What makes a whole line a statement; nil for none.
    public var lineStatementPrefix: String?
    /// What makes the rest of a line a comment; nil for none.
    public var lineCommentPrefix: String?
    /// Whether the first line end behind a statement is left out.
    public var trimBlocks = false
    /// Whether spaces and tabs in front of a statement are left out where it is the first on its line.
    public var lstripBlocks = false
    /// Whether a line end at the end of the template is kept.
    public var keepTrailingNewline = false
    /// What line ends are written as.
    public var newlineSequence = "\n"

    /// Creates the syntax that Jinja has by default.
    public init() {}
}
