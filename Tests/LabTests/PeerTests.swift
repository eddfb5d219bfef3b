// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The lab as programs of others use it: the book's client scripts beside Debian's OpenCV, and a real browser.
@Suite(.besideALab, .serialized, .timeLimit(.minutes(5)), .enabled(if: RunningProgram.beside("Lab") != nil))
struct PeerTests {
    @Test func theClientsOfTheBookAreServed() async throws {
        let (code, output) = try await Peer.run(
            URL(filePath: "/usr/bin/python3"),
            [
                "Tests/Peers/book_client_peer.py", "http://127.0.0.1:\(RunningLab.current.lab)",
                "http://127.0.0.1:\(RunningLab.current.photos)", Photos.folder.path,
            ])
        #expect(code == 0 && output.contains(" passed, 0 failed"), "\(output)")
    }

    @Test func peopleCanUseItInABrowser() async throws {
        let (code, output) = try await Peer.run(
            Photos.root.appending(path: ".venv/bin/python"),
            ["Tests/Peers/lab_console_peer.py", "http://127.0.0.1:\(RunningLab.current.lab)", Photos.folder.path])
        #expect(code == 0 && output.contains(" passed, 0 failed"), "\(output)")
    }

    @Test(
        .enabled("run `make models ALL=--all` for them") { InstalledModels.areThere && InstalledModels.have("eiseg") })
    func peopleSeeWhatNetworksSeeInABrowser() async throws {
        let (code, output) = try await Peer.run(
            Photos.root.appending(path: ".venv/bin/python"),
            ["Tests/Peers/lab_networks_peer.py", "http://127.0.0.1:\(RunningLab.current.lab)", Photos.folder.path])
        #expect(code == 0 && output.contains(" passed, 0 failed"), "\(output)")
    }
}
