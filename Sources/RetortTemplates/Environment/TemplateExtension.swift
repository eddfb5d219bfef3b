// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A part of the language that an environment may have or not.
public enum TemplateExtension: Sendable, Hashable, CaseIterable {
    /// `{% break %}` and `{% continue %}`.
    case loopControls
    /// `{% do expression %}`.
    case `do`
    /// `{% trans %}` and the functions of gettext.
    case i18n
    /// `{% debug %}`.
    case debug
}
