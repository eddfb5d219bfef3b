// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The plates with labels: where there is room, and none over another.
 */

import { score as scoreText } from "../page/format.js";
import { boundsOf } from "./geometry.js";

/** Places labels over a drawing. */
export class Labels {
  /**
   * @param {{ context: CanvasRenderingContext2D, scale: number, unit: number }} pen
   * @param {import("./palette.js").Palette} palette
   * @param {import("./read.js").Item[]} items
   */
  constructor(pen, palette, items) {
    Object.assign(this, pen);
    this.palette = palette;
    this.taken = [];
    // One label for all says nothing; the list names it.
    this.isVaried = items.length === 1 || new Set(items.map((item) => item.text || item.label)).size > 1;
  }

  paint(item, isMarked) {
    if (!item.box && !item.outlines.length && !item.circle) return;
    const { context, scale, unit } = this;
    const size = 12 * unit;
    context.font = `600 ${size}px Inter, system-ui, sans-serif`;
    const bounds = boundsOf(item);
    const room = Math.max(bounds.width * scale * 1.5, 36 * unit);
    // Votes and neighbours are for those who ask; only a share says something on its own.
    const score = item.score === null || (item.score > 1 && !isMarked) ? "" : scoreText(item.score);
    const name = item.text || item.label;
    const long = [name, score].filter(Boolean).join("  ");
    const choices = isMarked ? [long] : this.isVaried ? [long, name, score] : [score];
    const width = (text) => context.measureText(text).width + 10 * unit;
    const text = choices.find((one) => one && (isMarked || width(one) <= room));
    if (!text) return;
    const place = this.place(bounds, width(text), size + 7 * unit, isMarked);
    if (place) this.plate(place, text, this.palette.colour(item.colourKey));
  }

  /** Above, else inside at the top, else below: the first place that is free. */
  place(bounds, width, height, isForced) {
    const { context: { canvas }, scale, unit } = this;
    const left = Math.min(Math.max(bounds.x * scale - unit, 0), Math.max(canvas.width - width, 0));
    const top = bounds.y * scale;
    const bottom = (bounds.y + bounds.height) * scale;
    const places = [top - height, top, bottom].map((y) => ({ left, top: y, width, height }))
      .filter((place) => place.top >= 0 && place.top + height <= canvas.height);
    const isFree = (place) => !this.taken.some((one) => place.left < one.left + one.width && one.left < place.left + place.width
      && place.top < one.top + one.height && one.top < place.top + place.height);
    const found = places.find(isFree) ?? (isForced ? places[0] ?? { left, top: 0, width, height } : null);
    if (found) this.taken.push(found);
    return found;
  }

  plate({ left, top, width, height }, text, colour) {
    const { context, unit } = this;
    const shape = new Path2D();
    shape.roundRect(left, top, width, height, 3 * unit);
    context.fillStyle = colour;
    context.fill(shape);
    context.fillStyle = "#10201d";
    context.textBaseline = "middle";
    context.fillText(text, left + 5 * unit, top + height / 2 + unit * 0.5);
  }
}
