// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Draws what was found over the picture, and says what is under the pointer.
 */

import { drawMask, paintEdge } from "./masks.js";
import { contains, outlineOf, sizeOf } from "./geometry.js";
import { Labels } from "./labels.js";

/** A canvas over a picture. */
export class Overlay {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{ onhover: (index: number|null) => void, onchoose: (index: number|null) => void }} listeners
   */
  constructor(canvas, { onhover, onchoose }) {
    this.canvas = canvas;
    this.items = [];
    this.size = { width: 1, height: 1 };
    this.marked = null;
    this.shown = { labels: true, masks: true, points: true };
    this.isVisible = () => true;
    this.masks = new Map();
    canvas.addEventListener("pointermove", (event) => onhover(this.at(event)));
    canvas.addEventListener("pointerleave", () => onhover(null));
    canvas.addEventListener("click", (event) => onchoose(this.at(event)));
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  /**
   * @param {import("./read.js").Item[]} items
   * @param {{ width: number, height: number }} size of the picture that their numbers belong to
   * @param {import("./palette.js").Palette} palette
   */
  show(items, size, palette) {
    this.items = items;
    this.size = size;
    this.palette = palette;
    this.masks = new Map();
    for (const item of items.filter((one) => one.mask)) {
      Promise.resolve(drawMask(item.mask, palette.colour(item.colourKey))).then((mask) => {
        if (mask && this.items === items) { this.masks.set(item.index, mask); this.draw(); }
      });
    }
    this.draw();
  }

  mark(index) {
    if (this.marked === index) return;
    this.marked = index;
    this.canvas.style.cursor = index === null ? "" : "pointer";
    this.draw();
  }

  /** The smallest item under the pointer: what lies inside another can be reached too. */
  at(event) {
    const bounds = this.canvas.getBoundingClientRect();
    const scale = this.size.width / bounds.width;
    const place = { x: (event.clientX - bounds.left) * scale, y: (event.clientY - bounds.top) * scale };
    const hit = this.items.filter((item) => this.isVisible(item) && contains(item, place, 6 * scale));
    return hit.sort((left, right) => sizeOf(left) - sizeOf(right))[0]?.index ?? null;
  }

  draw() {
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth) return;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    const context = this.canvas.getContext("2d");
    this.paint(context, this.canvas.width / this.size.width, ratio);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} scale pixels of the canvas for one of the picture
   * @param {number} unit pixels of the canvas for one of the style sheet
   */
  paint(context, scale, unit) {
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    const items = this.items.filter((item) => this.isVisible(item));
    // Many small things need thinner lines, and no labels.
    const pen = { context, scale, unit, line: (items.length > 60 ? 1.25 : 2) * unit };
    const rest = items.filter((item) => item.index !== this.marked);
    const marked = items.find((item) => item.index === this.marked);
    context.globalAlpha = marked ? 0.35 : 1;
    for (const item of rest) this.paintShape(pen, item, false);
    const labels = new Labels(pen, this.palette, items);
    if (this.shown.labels && items.length <= 60) for (const item of rest) labels.paint(item, false);
    context.globalAlpha = 1;
    if (marked) { this.paintShape(pen, marked, true); labels.paint(marked, true); }
  }

  paintShape(pen, item, isMarked) {
    const { context, scale } = pen;
    const colour = this.palette.colour(item.colourKey);
    const alpha = context.globalAlpha;
    const mask = this.masks.get(item.index);
    if (mask && this.shown.masks) {
      const area = item.mask.box ?? { x: 0, y: 0, width: this.size.width, height: this.size.height };
      context.globalAlpha = alpha * (isMarked ? 0.6 : 0.42);
      context.drawImage(mask, area.x * scale, area.y * scale, area.width * scale, area.height * scale);
      context.globalAlpha = alpha;
      if (!item.isFramed) paintEdge(pen, mask, area);
    }
    const path = outlineOf(item, scale);
    if (isMarked && !mask) {
      context.globalAlpha = 0.22;
      context.fillStyle = colour;
      context.fill(path, "evenodd");
      context.globalAlpha = 1;
    }
    this.stroke(pen, path, colour, isMarked ? 1.5 : 1);
    if (this.shown.points) this.paintPoints(pen, item, colour);
  }

  // A dark edge keeps bright lines visible on bright pictures.
  stroke({ context, unit, line }, path, colour, weight) {
    context.lineJoin = "round";
    context.lineWidth = line * weight + 2 * unit;
    context.strokeStyle = "rgb(0 0 0 / 0.45)";
    context.stroke(path);
    context.lineWidth = line * weight;
    context.strokeStyle = colour;
    context.stroke(path);
  }

  paintPoints(pen, item, colour) {
    const { context, scale, unit } = pen;
    const seen = item.points.filter((point) => point.score === undefined || point.score > 0.2);
    const edges = new Path2D();
    for (const [from, to] of item.edges) {
      const [start, end] = [item.points[from], item.points[to]];
      if (!seen.includes(start) || !seen.includes(end)) continue;
      edges.moveTo(start.x * scale, start.y * scale);
      edges.lineTo(end.x * scale, end.y * scale);
    }
    if (item.edges.length) this.stroke(pen, edges, colour, 1);
    const radius = (item.points.length > 60 ? 1.5 : 3.2) * unit;
    for (const point of seen) {
      const dot = new Path2D();
      dot.arc(point.x * scale, point.y * scale, radius, 0, 2 * Math.PI);
      context.fillStyle = "#fff";
      context.fill(dot);
      context.lineWidth = 1.5 * unit;
      context.strokeStyle = colour;
      context.stroke(dot);
    }
  }

  /** The picture with everything that is drawn over it, in its own size. */
  async export(drawable) {
    const canvas = document.createElement("canvas");
    canvas.width = this.size.width;
    canvas.height = this.size.height;
    const layer = document.createElement("canvas");
    layer.width = canvas.width;
    layer.height = canvas.height;
    this.paint(layer.getContext("2d"), 1, Math.max(1, Math.max(canvas.width, canvas.height) / 900));
    const context = canvas.getContext("2d");
    if (drawable) context.drawImage(drawable, 0, 0, canvas.width, canvas.height);
    context.drawImage(layer, 0, 0);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }
}
