// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Frames of the camera sent one after another. A frame is taken when the answer to the last one is there: what is drawn
 * belongs to the latest, and no queue grows.
 */

import { Camera } from "../picture/camera.js";
import { readAnswer, send } from "./send.js";

const LONGEST = 960;

/** A camera whose frames go to an operation. */
export class LiveSession {
  /**
   * @param {{ makeDraft: (frame: File) => import("./draft.js").Draft,
   *   onanswer: (answer: import("./send.js").Answer, rate: number) => void, onend: (error: Error|null) => void }} options
   * @param {boolean} isWebSocket
   */
  constructor(options, isWebSocket) {
    Object.assign(this, options);
    this.isWebSocket = isWebSocket;
    this.camera = new Camera();
    this.controller = new AbortController();
    this.times = [];
  }

  get video() { return this.camera.video; }
  get isRunning() { return !this.controller.signal.aborted; }

  async start() {
    await this.camera.start();
    const loop = this.isWebSocket ? this.exchange() : this.post();
    loop.then(() => this.end(null), (error) => this.end(error));
  }

  stop() { this.end(null); }

  end(error) {
    if (!this.isRunning) return;
    this.controller.abort();
    this.socket?.close();
    this.camera.stop();
    this.onend(error?.name === "AbortError" ? null : error);
  }

  async frame() {
    const blob = await this.camera.frame(LONGEST, 0.8);
    return new File([blob], "frame.jpg", { type: "image/jpeg" });
  }

  /** Frames for each second over the last two seconds. */
  rate() {
    const now = performance.now();
    this.times = [...this.times, now].filter((time) => now - time < 2000);
    return this.times.length > 1 ? (this.times.length - 1) / ((now - this.times[0]) / 1000) : 0;
  }

  async post() {
    const { signal } = this.controller;
    while (this.isRunning) {
      const answer = await send(this.makeDraft(await this.frame()), { signal });
      if (answer.status === 503 || answer.status === 429) {
        const wait = Number(answer.headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1]) || 1;
        await new Promise((done) => setTimeout(done, wait * 1000));
        continue;
      }
      this.onanswer(answer, this.rate());
      if (answer.status >= 400) return;
      await new Promise((done) => requestAnimationFrame(done));
    }
  }

  async exchange() {
    const first = this.makeDraft(await this.frame());
    const socket = new WebSocket(first.url.replace(/^http/, "ws"));
    socket.binaryType = "blob";
    this.socket = socket;
    await new Promise((done, fail) => {
      socket.onopen = done;
      socket.onerror = () => fail(new Error("The WebSocket could not be opened."));
    });
    const closed = new Promise((_, fail) => {
      socket.onclose = (event) => fail(new Error(event.reason || `The server closed the WebSocket (${event.code}).`));
    });
    closed.catch(() => {});
    while (this.isRunning) {
      const start = performance.now();
      const message = new Promise((done) => { socket.onmessage = (event) => done(event.data); });
      socket.send(await this.frame());
      const data = await Promise.race([message, closed]);
      const blob = typeof data === "string" ? new Blob([data], { type: "application/json" }) : data.type ? data : new Blob([data], { type: "image/jpeg" });
      this.onanswer(await readAnswer(200, "Message", [], blob, performance.now() - start), this.rate());
      await new Promise((done) => requestAnimationFrame(done));
    }
  }
}
