// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortWire

extension Connection {
    /// What the deadline is for.
    enum Timer {
        case none, idle, head, body, linger, webSocket
    }

    func setTimer(_ timer: Timer, _ time: Duration) {
        self.timer = timer
        deadline = shared.deadline(time)
    }

    /// Looks whether a deadline has come.
    func tickCame(_ tick: UInt64) {
        if writeDeadline <= tick { checkProgress() }
        if deadline <= tick { deadlinePassed() }
    }

    /// Called when the tick of `deadline` has come.
    private func deadlinePassed() {
        let timer = timer
        self.timer = .none
        deadline = .max
        switch timer {
        case .none: break
        case .idle:
            // A client that is still reading its answer is not idle.
            guard waitingBytes > 0 else { return closeNow() }
            watchWriting()
            setTimer(.idle, shared.isDraining ? LoopContext.lastCall : shared.limits.idleTime)
        case .linger: closeNow()
        case .head:
            refuse(WireError(.badRequestLine, "The head of the request took too long to arrive.", status: 408))
            flushOut()
        case .body: if bodyHeldTick == nil { bodyTooSlow() } else { setTimer(.body, shared.limits.bodyPause) }
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

    /// Bytes that the channel has been given and the kernel has not taken.
    var waitingBytes: Int {
        (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Gives the client a time to take something of what waits for it; more that waits does not lengthen it.
    func watchWriting() {
        guard writeDeadline == .max else { return }
        takenBytes = handedBytes - waitingBytes
        writeDeadline = shared.deadline(shared.limits.writePause)
    }

    /// Closes when the client has taken nothing since the last look.
    private func checkProgress() {
        writeDeadline = .max
        let waiting = waitingBytes
        guard waiting > 0 else { return }
        if handedBytes - waiting > takenBytes { watchWriting() } else { closeNow() }
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
