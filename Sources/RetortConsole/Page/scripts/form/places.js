// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Places in a picture as numbers: points, and one box. Who cannot point at the picture types them here.
 */

import { el, button } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { Field } from "./field.js";

const MOST = 64;

/** A box for one number of a place. */
function makeNumber(label, value, onchange) {
  return el("input.number", {
    type: "number", inputmode: "numeric", min: 0, step: 1, "aria-label": label, title: label, value: value ?? "",
    oninput: onchange,
  });
}

const round = (value) => Math.round(value * 10) / 10;

/** A field for any number of points, which are sent as `x,y`. */
export class PointsField extends Field {
  constructor(spec) {
    super(spec);
    /** The size of the picture that the points lie in. */
    this.size = { width: 0, height: 0 };
    this.points = [];
    this.list = el("ol.place-list");
    this.more = button("Add", {
      kind: "small", onclick: () => {
        this.add({ x: this.size.width / 2, y: this.size.height / 2 });
        this.list.lastElementChild?.querySelector("input").focus();
      },
    }, icon("plus"));
    this.more.setAttribute("aria-label", `Add to ${this.label}`);
    const group = el("div.places-field", { role: "group", tabindex: "-1" }, this.list, this.more);
    this.assemble(group, group, { group: true });
    this.reset();
  }

  get most() { return this.spec.schema.maxItems ?? MOST; }

  /** Adds a point, as if it had been typed. */
  add({ x, y }) {
    if (this.points.length >= this.most) return;
    this.points.push({ x: round(x), y: round(y) });
    this.fill();
    this.changed(true);
  }

  move(index, { x, y }) {
    this.points[index] = { x: round(x), y: round(y) };
    this.fill();
    this.changed(true);
  }

  remove(index) {
    this.points.splice(index, 1);
    this.fill();
    this.changed(true);
    if (!this.points.length) this.setTouched(false);
  }

  clear() {
    this.points = [];
    this.fill();
  }

  fill() {
    this.list.replaceChildren(...this.points.map((point, index) => this.makeRow(point, index)));
    this.more.disabled = this.points.length >= this.most;
  }

  makeRow(point, index) {
    const name = `${this.label} ${index + 1}`;
    const typed = (axis, input) => { point[axis] = input.value === "" ? null : input.valueAsNumber; this.changed(true); };
    const x = makeNumber(`${name}, pixels from the left`, point.x, () => typed("x", x));
    const y = makeNumber(`${name}, pixels from the top`, point.y, () => typed("y", y));
    return el("li.place-row", {}, x, y, button(`Remove ${name}`, {
      kind: "quiet", onclick: () => { this.remove(index); this.more.focus(); },
    }, icon("close"), false));
  }

  reset() {
    this.clear();
    super.reset();
  }

  read() {
    const values = this.points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y)).map((point) => `${point.x},${point.y}`);
    return values.length ? values : undefined;
  }

  write(value) {
    this.points = [value].flat().map(readNumbers).filter((numbers) => numbers.length === 2).map(([x, y]) => ({ x, y }));
    this.fill();
    this.setTouched(true);
  }

  problem() {
    const { width, height } = this.size;
    const isOutside = this.points.some(({ x, y }) => width && (x < 0 || y < 0 || x > width || y > height));
    return isOutside ? `A place lies outside of the ${width} × ${height} pixels.` : super.problem();
  }

  typeText() { return "x, y"; }
}

/** A field for a box, which is sent as `left,top,right,bottom`. */
export class BoxField extends Field {
  constructor(spec) {
    super(spec);
    this.size = { width: 0, height: 0 };
    const change = () => this.changed(true);
    this.inputs = ["left", "top", "right", "bottom"].map((edge) => makeNumber(`${this.label}, ${edge} edge in pixels`, null, change));
    for (const [index, name] of ["left", "top", "right", "bottom"].entries()) this.inputs[index].placeholder = name;
    const group = el("div.box-field", { role: "group", tabindex: "-1" }, this.inputs);
    this.assemble(group, group, { group: true });
    this.reset();
  }

  /** The edges as numbers; null where one is missing. */
  get edges() {
    const numbers = this.inputs.map((input) => input.valueAsNumber);
    return numbers.every(Number.isFinite) ? numbers : null;
  }

  set(edges) {
    this.fill(edges.map(Math.round));
    this.changed(true);
  }

  fill(edges) { this.inputs.forEach((input, index) => { input.value = edges[index] ?? ""; }); }

  clear() { this.fill([]); }

  reset() {
    this.clear();
    super.reset();
  }

  read() { return this.edges?.join(","); }

  write(value) {
    this.fill(readNumbers(value));
    this.setTouched(true);
  }

  problem() {
    if (this.inputs.every((input) => input.value === "")) return super.problem();
    const edges = this.edges;
    if (!edges) return `${this.label} needs all four edges.`;
    return edges[0] < edges[2] && edges[1] < edges[3] ? null : `${this.label}: left is less than right, top less than bottom.`;
  }

  typeText() { return "left, top, right, bottom"; }
}

function readNumbers(text) { return String(text).split(",").map(Number).filter(Number.isFinite); }
