// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tabs: one of several views of the same answer.
 */

import { el, fill, uniqueID } from "../page/dom.js";

/** Tabs after the pattern of ARIA: arrows move, one panel is shown. */
export class Tabs {
  /** @param {string} label */
  constructor(label) {
    this.list = el("div.tab-list", { role: "tablist", "aria-label": label, onkeydown: (event) => this.key(event) });
    this.panels = el("div.tab-panels");
    this.element = el("div.tabs", {}, this.list, this.panels);
    this.entries = [];
    this.chosen = null;
    /** What somebody has chosen, as opposed to what stood first. */
    this.wanted = null;
  }

  /**
   * Shows other tabs; the one that somebody has chosen stays so, where it is still there.
   *
   * @param {{ name: string, make: () => Node|Node[] }[]} tabs made when they are first looked at
   */
  show(tabs) {
    this.entries = tabs.map((tab) => {
      const id = uniqueID("tab");
      const panel = el("div.tab-panel", { role: "tabpanel", id: `${id}-panel`, "aria-labelledby": id, tabindex: "0", hidden: true });
      const head = el("button.tab", { type: "button", role: "tab", id, "aria-controls": panel.id, onclick: () => this.want(tab.name) }, tab.name);
      return { ...tab, head, panel, made: false };
    });
    fill(this.list, this.entries.map((entry) => entry.head));
    fill(this.panels, this.entries.map((entry) => entry.panel));
    const still = this.entries.some((entry) => entry.name === this.wanted);
    this.choose(still ? this.wanted : this.entries[0]?.name);
  }

  want(name) {
    this.wanted = name;
    this.choose(name);
  }

  choose(name) {
    this.chosen = name;
    for (const entry of this.entries) {
      const isChosen = entry.name === name;
      entry.head.setAttribute("aria-selected", String(isChosen));
      entry.head.tabIndex = isChosen ? 0 : -1;
      entry.panel.hidden = !isChosen;
      if (isChosen && !entry.made) { entry.made = true; fill(entry.panel, entry.make()); }
    }
  }

  key(event) {
    const moves = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const at = this.entries.findIndex((entry) => entry.name === this.chosen);
    const last = this.entries.length - 1;
    const next = move === Infinity ? last : move === -Infinity ? 0 : (at + move + last + 1) % (last + 1);
    this.want(this.entries[next].name);
    this.entries[next].head.focus();
  }
}
