// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Something that belongs to one rendering, inside of a value that could go anywhere.
///
/// Macros and loops are values, and values may be sent. The variables that they see belong to the rendering that made
/// them, which one thread runs at a time, and no other rendering gets to see such a value.
///
/// `@unchecked Sendable`: the content is used by the thread of its rendering only, for the reason above.
struct Confined<Content: AnyObject>: @unchecked Sendable {
    let content: Content

    init(_ content: Content) { self.content = content }
}
