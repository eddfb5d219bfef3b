// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire

extension Response {
    /// Says that the answer depends on some fields of the request.
    mutating func vary(on names: String...) {
        guard let present = fields[.vary] else {
            fields[.vary] = names.joined(separator: ", ")
            return
        }
        var vary = Vary(headerValue: present)
        vary.merge(names)
        fields[.vary] = vary.headerValue
    }

    /// Keeps the answer out of shared caches, because it is made for one visitor.
    ///
    /// A cache that stored it would hand one visitor's page, or even session, to the next.
    ///
    /// - Parameter setsCookie: Whether it sets a cookie that stands for the visitor. Then even an answer that was
    ///   declared public becomes private; otherwise what the handler said stays.
    mutating func makePersonal(setsCookie: Bool) {
        guard let present = fields[.cacheControl] else {
            fields[.cacheControl] = "private"
            return
        }
        guard setsCookie else { return }
        var control = ResponseCacheControl(headerValue: present)
        guard !control.noStore, control.isPrivate != .response else { return }
        control.isPublic = false
        control.sharedMaxAge = nil
        control.isPrivate = .response
        fields[.cacheControl] = control.headerValue
    }
}
