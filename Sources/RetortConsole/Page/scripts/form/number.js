// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Numbers: a slider where both ends are known, and always a box with steps for exact values.
 */

import { el, button } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { number as readable } from "../page/format.js";
import { range, stepOf, typeOf } from "../document/schema.js";
import { Field } from "./field.js";

/** A field for a number. */
export class NumberField extends Field {
  constructor(spec) {
    super(spec);
    const { least, most } = range(spec.schema);
    this.least = least;
    this.most = most;
    this.step = stepOf(spec.schema);
    this.isWhole = typeOf(spec.schema) === "integer";
    const common = { min: least, max: most };
    this.box = el("input.number", {
      type: "number", inputmode: this.isWhole ? "numeric" : "decimal", ...common, step: this.step ?? "any",
      oninput: () => this.typed(), onkeydown: (event) => this.key(event),
    });
    if (least !== null && most !== null && most > least) this.assembleSlider(common);
    else this.assembleStepper();
    this.reset();
  }

  get unit() { return this.spec.schema["x-retort-unit"] ?? ""; }

  /** The step of the slider and of the arrows, where the schema leaves it open. */
  get stride() {
    if (this.step) return this.step;
    const span = this.least !== null && this.most !== null ? this.most - this.least : 1;
    return 10 ** Math.floor(Math.log10(span / 50));
  }

  assembleSlider(common) {
    this.slider = el("input.slider", {
      type: "range", ...common, step: this.step ?? this.stride,
      oninput: () => this.slid(false), onchange: () => this.slid(true),
    });
    this.box.setAttribute("aria-label", `${this.label}, exact value`);
    this.assemble(this.slider, el("div.slider-row", {}, this.slider, this.box));
  }

  assembleStepper() {
    const move = (sign) => () => this.move(sign);
    const less = button(`Less ${this.label}`, { kind: "step", onclick: move(-1) }, icon("minus"), false);
    const more = button(`More ${this.label}`, { kind: "step", onclick: move(1) }, icon("plus"), false);
    this.assemble(this.box, el("div.stepper", {}, less, this.box, more));
  }

  get default() {
    const value = this.spec.schema.default;
    return typeof value === "number" ? value : null;
  }

  reset() {
    const shown = this.default;
    this.box.value = shown ?? "";
    if (shown === null) this.box.placeholder = this.spec.required ? "" : "none";
    if (this.slider) this.slide(shown ?? this.least);
    super.reset();
  }

  slide(value) {
    this.slider.value = value;
    const share = (Number(this.slider.value) - this.least) / (this.most - this.least);
    this.slider.style.setProperty("--share", `${Math.min(Math.max(share, 0), 1) * 100}%`);
    this.slider.setAttribute("aria-valuetext", `${readable(Number(this.slider.value))}${this.unit ? ` ${this.unit}` : ""}`);
  }

  slid(settled) {
    const value = Number(this.slider.value);
    this.box.value = String(Number(value.toFixed(6)));
    this.slide(value);
    this.changed(settled);
  }

  typed() {
    if (this.slider && this.box.value !== "") this.slide(this.box.valueAsNumber);
    this.changed(true);
  }

  key(event) {
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      this.move(event.key === "PageUp" ? 10 : -10);
    }
  }

  move(steps) {
    const from = this.box.value === "" ? this.default ?? this.least ?? 0 : this.box.valueAsNumber;
    const moved = from + steps * this.stride;
    const inside = Math.min(Math.max(moved, this.least ?? -Infinity), this.most ?? Infinity);
    this.box.value = String(Number(inside.toFixed(6)));
    this.typed();
  }

  read() {
    if (!this.touched && !(this.spec.required && this.box.value !== "")) return undefined;
    if (this.box.value === "") return undefined;
    return Number.isNaN(this.box.valueAsNumber) ? undefined : this.box.valueAsNumber;
  }

  write(value) {
    if (typeof value !== "number") return;
    this.box.value = String(value);
    if (this.slider) this.slide(value);
    this.setTouched(true);
  }

  problem() {
    if (this.box.validity.badInput) return `${this.label} is a number.`;
    const value = this.read();
    if (value === undefined) return super.problem();
    if (this.least !== null && value < this.least) return `${this.label} is at least ${this.least}.`;
    if (this.most !== null && value > this.most) return `${this.label} is at most ${this.most}.`;
    if (this.isWhole && !Number.isInteger(value)) return `${this.label} is a whole number.`;
    return null;
  }

  typeText() {
    const ends = this.least !== null && this.most !== null ? `${readable(this.least)} – ${readable(this.most)}`
      : this.least !== null ? `from ${readable(this.least)}` : this.most !== null ? `to ${readable(this.most)}` : "";
    return [ends, this.unit].filter(Boolean).join(" ");
  }
}
