// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortWire

extension Connection {
    /// What the deadline is for.
    enum Timer {
        case none, idle, head, body, write, linger, webSocket
    }

    func setTimer(_ timer: Timer, _ time: Duration) {
        self.timer = timer
        deadline = shared.deadline(time)
    }

    /// Called when the tick of `deadline` has come.
    func deadlinePassed() {
        let timer = timer
        self.timer = .none
        deadline = .max
        switch timer {
        case .none: break
        case .idle, .linger: closeNow()
        case .head:
            refuse(WireError(.badRequestLine, "The head of the request took too long to arrive.", status: 408))
            flushOut()
        case .body: bodyTooSlow()
        case .write: checkProgress()
        case .webSocket:
            if case .upgraded(let socket) = phase { socket.pauseIsOver() }
        }
    }

    func bodyTooSlow() {
        exchange.keepsAlive = false
        incoming = .none
        let stream = stream
        self.stream = nil
        if case .draining = phase {
            closeNow()
        } else {
            // The handler gets the error, and its answer is sent.
            stream?.fail(WireError(.bodyTimeout, "The body took too long to arrive.", status: 408))
        }
    }

    /// Whether a body that keeps trickling in is slower than the limit allows.
    var isBodyTooSlow: Bool {
        let seconds = (shared.tick - bodyStartTick) / 4
        let grace = UInt64(max(shared.limits.bodyPause.components.seconds, 1))
        return seconds > grace && UInt64(receivedBodyBytes) / seconds < UInt64(max(shared.limits.bodyRate, 0))
    }

    /// Closes when the client has read nothing since the last look.
    private func checkProgress() {
        guard let context else { return }
        let waiting = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        if waiting > 0, waiting >= bytesOutBefore {
            closeNow()
        } else if waiting > 0 {
            watchWriting(waiting)
        }
    }

    func watchWriting(_ waiting: Int) {
        bytesOutBefore = waiting
        setTimer(.write, shared.limits.writePause)
    }

    /// The server stops: a connection between two requests gets a moment, one at work closes behind its answer.
    func drain() {
        switch phase {
        case .head:
            if pending.readableBytes == 0 { setTimer(.idle, LoopContext.lastCall) }
        case .busy, .draining: exchange.keepsAlive = false
        case .upgraded(let socket): socket.goAway()
        case .lingering, .closed: break
        }
    }

    /// Closes without another word.
    func closeNow() {
        context?.close(promise: nil)
    }
}
