// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension Request {
    /// The settings of the app that answers, as its configuration left them.
    public var settings: Settings { app.settings }

    /// What the app is told from outside.
    public var configuration: AppConfiguration { app.configuration }
}
