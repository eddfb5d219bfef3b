// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The calls of this page: the pictures stay in memory, the rest outlives a reload in the session's storage.
 */

import { el, button } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { duration } from "../page/format.js";
import { makeDialog, openDialog } from "../page/dialog.js";

const MOST = 40;

/**
 * @typedef {object} Call
 * @property {string} operation identifier
 * @property {string} title
 * @property {object} values
 * @property {string|null} answer the chosen form of the answer
 * @property {number} status
 * @property {number} time milliseconds
 * @property {string} summary
 * @property {number} at milliseconds since 1970
 * @property {string|null} thumbnail
 * @property {string[]} addresses where pictures can be had again
 */

/** The list of calls, newest first. */
export class History {
  /** @param {string} name tells the pages of several apps on one host apart */
  constructor(name) {
    this.key = `retort-console-history ${name}`;
    this.pictures = new Map();
    this.calls = this.load();
    this.serial = this.calls.reduce((most, call) => Math.max(most, call.serial + 1), 0);
  }

  load() {
    try {
      const calls = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
      return Array.isArray(calls) ? calls.filter((call) => typeof call?.operation === "string") : [];
    } catch {
      return [];
    }
  }

  save() {
    // The storage has a limit of its own: older thumbnails go first.
    for (let most = this.calls.length; most >= 0; most -= 8) {
      try {
        const kept = this.calls.map((call, index) => index < most ? call : { ...call, thumbnail: null });
        sessionStorage.setItem(this.key, JSON.stringify(kept));
        return;
      } catch { /* too much: again with less */ }
    }
  }

  /** @param {Omit<Call, "serial">} call */
  add(call, pictures = []) {
    const entry = { ...call, serial: this.serial };
    this.serial += 1;
    this.calls.unshift(entry);
    this.pictures.set(entry.serial, pictures);
    for (const old of this.calls.splice(MOST)) this.pictures.delete(old.serial);
    this.save();
  }

  clear() {
    this.calls = [];
    this.pictures.clear();
    this.save();
  }

  /** Opens the list. @param {(call: Call, pictures: object[]|null) => void} onchoose runs a call again */
  show(onchoose) {
    const list = el("ol.history", {}, this.calls.map((call) => el("li", {}, el(
      "button.history-entry", {
        type: "button", onclick: () => { dialog.close(); onchoose(call, this.pictures.get(call.serial) ?? null); },
      },
      call.thumbnail ? el("img.history-picture", { src: call.thumbnail, alt: "" }) : el("span.history-picture", {}, icon("code")),
      el("span.history-text", {},
        el("strong", {}, call.title), el("span.muted", {}, call.summary),
        el("span.muted", {}, `${call.status} · ${duration(call.time)} · ${new Date(call.at).toLocaleTimeString()}`)),
      el("span.visually-hidden", {}, "Run again")))));
    const empty = el("p.muted", {}, "Calls that you make on this page are listed here, to be run again.");
    const clear = button("Forget all", { kind: "quiet small", onclick: () => { this.clear(); dialog.close(); } }, icon("trash"));
    const dialog = makeDialog("History", { kind: "drawer" }, this.calls.length ? list : empty, this.calls.length ? clear : null);
    openDialog(dialog);
  }
}
