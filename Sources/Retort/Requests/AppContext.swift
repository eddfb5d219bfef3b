// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import Logging
import RetortServer

/// What every request can reach: the settings and the log of the application that answers it. It never changes.
package final class AppContext: Sendable {
    package let log: Logger
    package let isDebug: Bool
    package let events: Events

    init(log: Logger, isDebug: Bool, events: Events) {
        self.log = log
        self.isDebug = isDebug
        self.events = events
    }
}
