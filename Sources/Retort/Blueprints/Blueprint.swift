// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// A part of an application that can be mounted at a path: a struct with what it depends on, and its routes.
///
///     struct Blog: Blueprint {
///         let posts: Posts
///         func routes(_ r: inout Routes) {
///             r.get("/", use: index)
///             r.get("/{id}", use: show)
///         }
///     }
///     app.mount(Blog(posts: posts), at: "/blog")
public protocol Blueprint: Sendable {
    /// The first part of the names of its routes; nil for none.
    var name: String? { get }

    /// Adds the routes, middlewares, hooks and error handlers of this part.
    ///
    /// - Parameter r: The routes of this part, whose paths start where it is mounted.
    func routes(_ r: inout Routes)
}

extension Blueprint {
    /// The name of the type with a small first letter.
    public var name: String? {
        let text = String(describing: Self.self)
        guard let first = text.utf8.first else { return nil }
        return String(decoding: [first.asciiLowercased] + text.utf8.dropFirst(), as: UTF8.self)
    }
}
