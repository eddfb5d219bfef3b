// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import Logging
import RetortServer
import Synchronization

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

    /// What was made once for this app and is used by many requests.
    package let kept = KeptValues()

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

    /// What the app is called.
    package var name: String { describer.name }

    /// Describes every route by its types.
    package func describe() -> AppDescription { describer.describe() }
}

/// Values by the objects that they are kept for.
package final class KeptValues: Sendable {
    private let values = Mutex<[ObjectIdentifier: any Sendable]>([:])

    /// The value that is kept for an object.
    package func value<Value: Sendable>(for owner: AnyObject, as type: Value.Type) -> Value? {
        values.withLock { $0[ObjectIdentifier(owner)] } as? Value
    }

    /// Keeps a value for an object, which must live as long as the app.
    package func keep(_ value: some Sendable, for owner: AnyObject) {
        values.withLock { $0[ObjectIdentifier(owner)] = value }
    }
}
