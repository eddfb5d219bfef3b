// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import Logging
import RetortServer

/// What every request can reach: the settings and the log of the application that answers it. It never changes.
package final class AppContext: Sendable {
    package let log: Logger
    package let isDebug: Bool
    package let events: Events

    /// Writes the URLs of named routes.
    let urls: RouteURLs

    init(log: Logger, isDebug: Bool, events: Events, urls: RouteURLs) {
        self.urls = urls
        self.log = log
        self.isDebug = isDebug
        self.events = events
    }
}
