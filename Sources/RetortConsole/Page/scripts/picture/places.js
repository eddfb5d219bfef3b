// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Places that people point at in the picture: markers over it, which can be removed and moved, and a box.
 */

import { el } from "../page/dom.js";
import { makeSegments } from "../form/choice.js";

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The layer over the picture. */
export class PlacesLayer {
  constructor() {
    this.fields = [];
    this.box = null;
    this.size = { width: 0, height: 0 };
    this.mode = null;
    this.band = el("div.place-box", { hidden: true });
    this.markers = el("div.place-markers");
    this.element = el("div.places", { hidden: true }, this.band, this.markers);
    this.bar = el("div.places-bar", { hidden: true });
    this.element.addEventListener("pointerdown", (event) => this.press(event));
    this.element.addEventListener("contextmenu", (event) => { if (this.fields.length > 1) event.preventDefault(); });
  }

  get isActive() { return this.fields.length > 0; }

  /**
   * Serves an operation.
   *
   * @param {import("../form/places.js").PointsField[]} fields
   * @param {import("../form/places.js").BoxField|null} box
   */
  serve(fields, box) {
    Object.assign(this, { fields, box });
    const modes = [...fields, box].filter(Boolean).map((field) => ({ value: field.path, label: field.label }));
    this.mode = modes[0]?.value ?? null;
    this.bar.replaceChildren();
    if (modes.length > 1) {
      const segments = makeSegments(modes, this.mode, (mode) => { this.mode = mode; }, { "aria-label": "What a click in the picture marks" });
      this.bar.append(el("span.places-label", {}, "A click marks"), segments.element);
    }
    this.show(this.size);
  }

  /** Shows the places of the form over a picture of a size. */
  show(size) {
    this.size = size;
    const isShown = this.isActive && size.width > 0;
    this.element.hidden = !isShown;
    this.bar.hidden = !isShown || !this.bar.children.length;
    for (const field of [...this.fields, this.box]) if (field) field.size = size;
    if (!isShown) return;
    const focused = this.markers.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.markers.replaceChildren(...this.fields.flatMap((field, kind) => field.points.map((point, index) => this.makeMarker(field, kind, point, index))));
    if (focused) this.markers.querySelector(`[data-key="${focused}"]`)?.focus();
    this.showBand(this.box?.edges);
  }

  makeMarker(field, kind, point, index) {
    const name = `${field.label} ${index + 1} at ${Math.round(point.x)}, ${Math.round(point.y)}`;
    return el("button.marker", {
      type: "button", class: kind === 0 ? "inside" : "outside", title: `${name}: click removes it, arrows move it`, "aria-label": `${name}. Remove it`,
      dataset: { key: `${field.path}-${index}` },
      vars: { "--x": `${point.x / this.size.width * 100}%`, "--y": `${point.y / this.size.height * 100}%` },
      onclick: () => field.remove(index), onkeydown: (event) => this.key(event, field, point, index),
    });
  }

  key(event, field, point, index) {
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); field.remove(index); return; }
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? 10 : 1;
    field.move(index, this.inside({ x: point.x + move[0] * step, y: point.y + move[1] * step }));
  }

  inside({ x, y }) { return { x: Math.min(Math.max(x, 0), this.size.width), y: Math.min(Math.max(y, 0), this.size.height) }; }

  place(event) {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    return this.inside({ x: (event.clientX - left) / width * this.size.width, y: (event.clientY - top) / height * this.size.height });
  }

  press(event) {
    if (event.target.closest(".marker")) return;
    event.stopPropagation();
    const isOther = event.button === 2 || event.shiftKey;
    if (event.button !== 0 && event.button !== 2) return;
    if (this.box && this.mode === this.box.path && !isOther) { this.drag(event); return; }
    const start = this.place(event);
    const field = this.fields.find((one) => one.path === this.mode) ?? this.fields[0];
    const chosen = isOther ? this.fields.find((one) => one !== field) ?? field : field;
    // A finger that scrolls is no click.
    const end = (lifted) => {
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      if (lifted.type === "pointerup" && Math.hypot(lifted.clientX - event.clientX, lifted.clientY - event.clientY) < 8) chosen.add(start);
    };
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  }

  drag(event) {
    event.preventDefault();
    const start = this.place(event);
    const edges = (moved) => {
      const end = this.place(moved);
      return [Math.min(start.x, end.x), Math.min(start.y, end.y), Math.max(start.x, end.x), Math.max(start.y, end.y)];
    };
    const follow = (moved) => this.showBand(edges(moved));
    const stop = (lifted) => {
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", stop);
      document.removeEventListener("pointercancel", stop);
      const [left, top, right, bottom] = edges(lifted);
      if (lifted.type === "pointerup" && right - left >= 3 && bottom - top >= 3) this.box.set([left, top, right, bottom]);
      else this.showBand(this.box.edges);
    };
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", stop);
    document.addEventListener("pointercancel", stop);
  }

  showBand(edges) {
    this.band.hidden = !edges;
    if (!edges) return;
    const { width, height } = this.size;
    const share = (value, whole) => `${value / whole * 100}%`;
    for (const [name, value] of [
      ["--left", share(edges[0], width)], ["--top", share(edges[1], height)],
      ["--width", share(edges[2] - edges[0], width)], ["--height", share(edges[3] - edges[1], height)],
    ]) this.band.style.setProperty(name, value);
  }
}
