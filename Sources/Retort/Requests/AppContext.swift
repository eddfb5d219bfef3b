// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import Logging
import RetortServer

/// What every request can reach: the settings and the log of the application that answers it.
///
/// It never changes.
package final class AppContext: Sendable {
    package let log: Logger
    package let events: Events
    package let settings: Settings
    package let configuration: AppConfiguration
    package let templates: FrozenTemplates

    package var isDebug: Bool { settings.isDebug }

    /// Writes the URLs of named routes.
    let urls: RouteURLs

    private let describer: AppDescriber

    init(
        log: Logger, events: Events, urls: RouteURLs, settings: Settings, configuration: AppConfiguration,
        templates: FrozenTemplates,
        describer: AppDescriber
    ) {
        self.describer = describer
        self.urls = urls
        self.log = log
        self.events = events
        self.settings = settings
        self.configuration = configuration
        self.templates = templates
    }

    /// Describes every route by its types.
    package func describe() -> AppDescription { describer.describe() }
}
