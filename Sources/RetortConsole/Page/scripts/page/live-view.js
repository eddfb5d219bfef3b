// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The camera on the stage, with what the server finds in its frames.
 */

import { toast } from "./announce.js";
import { read } from "../answers/read.js";
import { isSuccess } from "../calls/send.js";
import { LiveSession } from "../calls/live.js";

/** Live calls of a workbench. */
export class LiveView {
  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    this.session = null;
    this.listed = 0;
  }

  get isRunning() { return this.session !== null; }

  /** Whether an operation can be fed with frames: it says so, or it takes one picture as a file. */
  get isPossible() {
    const { operation } = this.bench;
    return operation.isLive || (operation.takesPictureFile && !operation.picture.many && !operation.places);
  }

  toggle() {
    if (this.isRunning) this.stop();
    else this.start();
  }

  async start() {
    if (!this.isPossible) return;
    const { bench } = this;
    if (!bench.form.check()) { bench.form.focusFirstError(); return; }
    bench.cancel();
    const session = new LiveSession({
      makeDraft: (frame) => this.makeDraft(frame),
      onanswer: (answer, rate) => this.show(answer, rate), onend: (error) => this.ended(session, error),
    }, bench.operation.isWebSocket);
    this.session = session;
    bench.tray.live.setAttribute("aria-pressed", "true");
    try {
      await session.start();
      bench.stage.showVideo(session.video, session.camera.size);
    } catch (error) {
      session.end(error);
    }
  }

  makeDraft(frame) {
    const { bench } = this;
    if (bench.operation.isWebSocket) return bench.draft([]);
    // No object URL is made for a frame that nobody looks at.
    return bench.draft([{ name: frame.name, blob: frame, address: null }]);
  }

  stop() { this.session?.stop(); }

  ended(session, error) {
    if (this.session !== session) return;
    this.session = null;
    const { bench } = this;
    bench.tray.live.setAttribute("aria-pressed", "false");
    bench.stage.hideVideo();
    bench.stage.setPicture(bench.tray.current);
    bench.bar.end(error ? "" : "The camera is off.");
    if (error) toast(error.message, "problem");
  }

  async show(answer, rate) {
    const { bench, session } = this;
    if (!session) return;
    if (!isSuccess(answer)) { await bench.caller.show(answer, bench.draft([])); return; }
    const size = session.camera.size;
    if (answer.type.startsWith("image/")) await bench.stage.showFrame(answer.blob);
    const reading = answer.json === undefined ? null : read(answer.json, bench.operation.kind);
    const hasPlaces = reading && (reading.items.length > 0 || bench.operation.kind === "detections");
    if (hasPlaces) bench.findings.draw(reading, size);
    // Lists and numbers that change twenty times a second cannot be read.
    if (performance.now() - this.listed > 500) {
      this.listed = performance.now();
      const list = hasPlaces ? bench.findings.fill(reading, { image: null, ...size }) : null;
      bench.panel.show(answer, bench.draft([]), { reading, findings: list });
    }
    bench.bar.status.textContent = `${rate.toFixed(1)} frames a second`;
  }
}

