// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Retort
@testable import RetortConsole

/// The console in a real browser: what it shows, what can be done with it, and that it says nothing to others.
///
/// The steps are in `Tests/Peers/console_peer.py`, which drives Chromium.
@Suite(.timeLimit(.minutes(5))) struct ConsoleBrowserTests {
    @Test func peopleCanUseIt() async throws {
        var app = try SampleApp.app()
        // The same again, deeper, in an app that sets its own policies.
        app.use(.securityHeaders())
        app.mount(Console(title: "Deep"), at: "/a/b/console")
        let server = try await TestServer.start(try app.freeze())
        guard case .tcp(_, let port) = server.address else { return }
        let (code, output) = try await Peer.run(["Tests/Peers/console_peer.py", "http://127.0.0.1:\(port)"])
        await server.stop()
        #expect(code == 0, "\(output)")
        #expect(output.contains(" passed, 0 failed"), "\(output)")
    }
}
