// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Keys, and the list of them.
 */

import { el } from "./dom.js";
import { makeDialog, openDialog } from "./dialog.js";

const KEY = "retort-console-keys";

/**
 * @typedef {object} Shortcut
 * @property {string} key as `event.key` says it
 * @property {string} text
 * @property {(event: KeyboardEvent) => void} act
 */

/** The shortcuts of the page. */
export class Shortcuts {
  /** @param {Shortcut[]} shortcuts single keys, which can be switched off */
  constructor(shortcuts, run) {
    this.shortcuts = shortcuts;
    this.isOn = this.stored();
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); return; }
      if (!this.isOn || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (document.querySelector("dialog[open]") || isTyping(event.target)) return;
      const shortcut = shortcuts.find((one) => one.key === event.key || one.key.split(" ").includes(event.key));
      if (!shortcut) return;
      event.preventDefault();
      shortcut.act(event);
    });
  }

  stored() {
    try { return localStorage.getItem(KEY) !== "off"; } catch { return true; }
  }

  show() {
    const rows = [["Ctrl Enter", "Run"], ...this.shortcuts.map((one) => [one.shown ?? one.key, one.text]), ["Esc", "Cancel the call; close"]];
    const box = el("input.switch", {
      type: "checkbox", role: "switch", id: "single-keys", checked: this.isOn, onchange: () => {
        this.isOn = box.checked;
        try { localStorage.setItem(KEY, this.isOn ? "on" : "off"); } catch { /* lasts as long as the page */ }
      },
    });
    openDialog(makeDialog("Keys", {}, el("dl.keys", {}, rows.map(([key, text]) => el("div", {},
      el("dt", {}, key.split(" ").map((one) => el("kbd", {}, one))), el("dd", {}, text)))),
    el("div.field.inline", {}, el("label", { for: "single-keys" }, "Single keys are shortcuts"), box)));
  }
}

function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !["checkbox", "radio", "range", "button", "file"].includes(target.type);
}
