// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What was found as a list: a cut-out of the picture, the label, the score; and what of it is shown.
 */

import { el, fill } from "../page/dom.js";
import { count, number, percent, score } from "../page/format.js";
import { boundsOf } from "./geometry.js";

const MOST = 200;

/** The list beside an overlay. */
export class FindingsList {
  /** @param {{ onhover: (index: number|null) => void, onchoose: (index: number|null) => void, onfilter: () => void }} listeners */
  constructor(listeners) {
    this.listeners = listeners;
    this.hiddenLabels = new Set();
    this.least = 0;
    this.rows = new Map();
    this.element = el("div.findings");
  }

  /** Whether an item is to be drawn. */
  isVisible = (item) => !this.hiddenLabels.has(item.label) && (item.score === null || item.score >= this.least);

  /**
   * @param {import("./read.js").Item[]} items
   * @param {import("./palette.js").Palette} palette
   * @param {CanvasImageSource|null} image the picture, for the cut-outs
   * @param {{ width: number, height: number }} size of the picture that the items' numbers belong to
   */
  show(items, palette, image, size) {
    Object.assign(this, { items, palette, image, size });
    this.labels = [...new Set(items.map((item) => item.label))];
    this.list = el("ol.finding-list", { "aria-label": "What was found" });
    fill(this.element, this.makeFilters(), this.list);
    this.fillList();
  }

  makeFilters() {
    const scores = this.items.map((item) => item.score).filter((one) => one !== null && one <= 1);
    const chips = this.labels.length > 1 || this.labels[0] ? this.labels.map((label) => this.makeChip(label)) : [];
    const slider = scores.length > 1 ? this.makeThreshold(Math.min(...scores)) : null;
    return chips.length || slider ? el("div.finding-filters", {}, el("div.chips", { role: "group", "aria-label": "Labels" }, chips), slider) : null;
  }

  makeChip(label) {
    const amount = this.items.filter((item) => item.label === label).length;
    const chip = el("button.chip", {
      type: "button", "aria-pressed": String(!this.hiddenLabels.has(label)), onclick: () => {
        if (!this.hiddenLabels.delete(label)) this.hiddenLabels.add(label);
        chip.setAttribute("aria-pressed", String(!this.hiddenLabels.has(label)));
        this.refilter();
      },
    }, el("span.swatch", { "aria-hidden": "true", vars: { "--colour": this.palette.colour(label) } }), label || "unnamed", el("span.amount", {}, amount));
    return chip;
  }

  makeThreshold(least) {
    this.least = Math.min(this.least, 1);
    const output = el("output", {}, percent(this.least));
    const input = el("input.slider", {
      type: "range", min: 0, max: 1, step: 0.01, value: this.least, "aria-label": "Show scores from",
      vars: { "--share": `${this.least * 100}%` }, oninput: () => {
        this.least = Number(input.value);
        input.style.setProperty("--share", `${this.least * 100}%`);
        output.textContent = percent(this.least);
        this.refilter();
      },
    });
    return el("div.threshold", { title: `The lowest score is ${percent(least)}` }, el("span", { "aria-hidden": "true" }, "Show scores from"), input, output);
  }

  refilter() {
    this.fillList();
    this.listeners.onfilter();
  }

  fillList() {
    const shown = this.items.filter(this.isVisible);
    this.rows = new Map();
    fill(this.list, shown.slice(0, MOST).map((item) => this.makeRow(item)));
    if (shown.length > MOST) this.list.append(el("li.muted", {}, `and ${count(shown.length - MOST, "more", "more")}, in the picture and the JSON`));
    if (!shown.length) this.list.append(el("li.muted", {}, this.items.length ? "Nothing passes the filter." : "Nothing was found."));
  }

  makeRow(item) {
    const box = boundsOf(item);
    const title = item.text || item.label || `Number ${item.index + 1}`;
    const size = box.width || box.height ? ` · ${Math.round(box.width)} × ${Math.round(box.height)}` : "";
    const place = `${number(Math.round(box.x))}, ${number(Math.round(box.y))}${size}`;
    const facts = Object.entries(item.facts).slice(0, 3).map(([name, value]) => `${name} ${number(value)}`).join(" · ");
    const row = el("button.finding", {
      type: "button", dataset: { index: String(item.index) }, "aria-pressed": "false",
      onpointerenter: () => this.listeners.onhover(item.index), onpointerleave: () => this.listeners.onhover(null),
      onfocus: () => this.listeners.onhover(item.index), onblur: () => this.listeners.onhover(null),
      onclick: () => this.listeners.onchoose(item.index), onkeydown: (event) => this.key(event, row),
      vars: { "--colour": this.palette.colour(item.colourKey) },
    }, this.cutOut(box), el("span.finding-text", {}, el("strong", {}, title), el("span.muted", {}, facts || place), facts ? el("span.muted", {}, place) : null),
    item.score === null ? null : el("span.score", {}, score(item.score)));
    this.rows.set(item.index, row);
    return el("li", {}, row);
  }

  cutOut(box) {
    const canvas = el("canvas.cut-out", { width: 96, height: 96, "aria-hidden": "true" });
    if (!this.image) return canvas;
    // A square around the middle, with a little air; a point has its surroundings.
    const scale = this.image.naturalWidth / this.size.width || 1;
    const side = Math.max(box.width, box.height, 24) * 1.15;
    const [x, y] = [box.x + box.width / 2 - side / 2, box.y + box.height / 2 - side / 2];
    canvas.getContext("2d").drawImage(this.image, x * scale, y * scale, side * scale, side * scale, 0, 0, 96, 96);
    return canvas;
  }

  key(event, row) {
    const forward = event.key === "ArrowDown" || event.key === "ArrowRight";
    if (!forward && event.key !== "ArrowUp" && event.key !== "ArrowLeft") return;
    event.preventDefault();
    const rows = [...this.rows.values()];
    rows[(rows.indexOf(row) + (forward ? 1 : rows.length - 1)) % rows.length].focus();
  }

  /** Shows which one is under the pointer, and which was chosen. */
  mark(hovered, chosen) {
    for (const [index, row] of this.rows) {
      row.classList.toggle("hovered", index === hovered);
      row.setAttribute("aria-pressed", String(index === chosen));
    }
  }

  reveal(index) { this.rows.get(index)?.scrollIntoView({ block: "nearest", behavior: "auto" }); }

  /** Moves the focus to the next or the previous one. */
  step(sign) {
    const rows = [...this.rows.values()];
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    rows[(at < 0 ? (sign > 0 ? 0 : rows.length - 1) : (at + sign + rows.length) % rows.length)].focus();
  }
}
