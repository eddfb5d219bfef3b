// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The button that runs, what is seen while it runs, and the one that stops it.
 */

import { el, button } from "./dom.js";
import { icon } from "./icons.js";
import { duration } from "./format.js";

const phases = { sending: "Sending", waiting: "Waiting for the answer", receiving: "Receiving" };

/** The bar under the form. */
export class RunBar {
  /** @param {{ onrun: () => void, oncancel: () => void, onreset: () => void }} listeners */
  constructor({ onrun, oncancel, onreset }) {
    this.run = button("Run", { kind: "primary run", type: "submit", onclick: (event) => { event.preventDefault(); onrun(); } }, icon("play"));
    this.cancel = button("Cancel", { hidden: true, onclick: oncancel }, icon("stop"));
    this.reset = button("Reset", { kind: "quiet", onclick: onreset }, icon("reset"));
    this.auto = el("input.switch", { type: "checkbox", role: "switch", id: "auto-run" });
    this.status = el("p.run-status", { role: "status" });
    this.progress = el("progress.progress", { max: 1, hidden: true, "aria-label": "Progress of the call" });
    this.autoField = el("label.auto", { for: "auto-run" }, this.auto, el("span", {}, "Run when something changes"));
    this.element = el("div.run-bar", {}, el("div.row", {}, this.run, this.cancel, this.reset), this.progress, this.status, this.autoField);
  }

  /** Shows that a call has begun. */
  begin() {
    this.start = performance.now();
    this.phase = "waiting";
    this.cancel.hidden = false;
    clearInterval(this.timer);
    // What is answered at once shall not make the page flicker.
    this.timer = setInterval(() => this.tick(), 100);
  }

  tick() {
    const time = performance.now() - this.start;
    if (time < 250) return;
    this.progress.hidden = false;
    this.status.textContent = `${phases[this.phase]}… ${duration(time)}`;
  }

  advance({ phase, share }) {
    this.phase = phase;
    if (share === null || phase === "waiting") this.progress.removeAttribute("value");
    else this.progress.value = share;
  }

  /** Shows that a call is over. @param {string} text @param {boolean} isProblem */
  end(text = "", isProblem = false) {
    clearInterval(this.timer);
    this.cancel.hidden = true;
    this.progress.hidden = true;
    this.progress.removeAttribute("value");
    this.status.textContent = text;
    this.status.classList.toggle("problem-text", isProblem);
  }
}
