// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What all fields of a form have: a label, a help text, a place for an error, and whether they were touched.
 */

import { el, button, uniqueID } from "../page/dom.js";
import { icon } from "../page/icons.js";

/**
 * @typedef {object} FieldSpec what a field is made of
 * @property {object} root the document, for references
 * @property {string} path the name that errors give the field, such as `items[0].name`
 * @property {string} name
 * @property {object} schema resolved
 * @property {boolean} required
 * @property {string} description
 * @property {number} depth how far inside other fields
 * @property {(settled: boolean) => void} onchange called with false while a slider is still moving
 */

/**
 * A field. Those of one kind each fill in a control, and say how its value is read and written.
 *
 * A field that nobody touched sends nothing: the server's own default stands.
 */
export class Field {
  /** @param {FieldSpec} spec */
  constructor(spec) {
    this.spec = spec;
    this.touched = false;
    this.id = uniqueID("field");
    this.error = el("p.field-error", { id: `${this.id}-error`, hidden: true });
    this.undo = button("Back to the default", {
      kind: "quiet tiny", hidden: true,
      onclick: () => { this.reset(); this.control?.focus?.(); spec.onchange(true); },
    }, icon("reset"), false);
    this.undo.setAttribute("aria-label", `Back to the default: ${this.label}`);
  }

  get label() { return this.spec.schema.title || this.spec.name; }
  get path() { return this.spec.path; }

  /** The value, undefined for nothing to send. */
  read() { return undefined; }

  /** Shows a value as if it had been typed. */
  write(_value) { /* each kind has its own */ }

  /** Shows the default. */
  reset() { this.setTouched(false); }

  /** What stands in the way of sending; null for nothing. */
  problem() {
    return this.spec.required && this.read() === undefined ? `${this.label} is needed.` : null;
  }

  /** The fields inside, this one included, for errors that name one. */
  *fields() { yield this; }

  setTouched(touched) {
    this.touched = touched;
    this.undo.hidden = !touched;
    this.setError(null);
  }

  /** Called by controls. */
  changed(settled = true) {
    this.setTouched(true);
    this.spec.onchange(settled);
  }

  setError(text) {
    this.error.hidden = !text;
    this.error.textContent = text ?? "";
    this.element?.classList.toggle("has-error", Boolean(text));
    if (text) this.control?.setAttribute("aria-invalid", "true");
    else this.control?.removeAttribute("aria-invalid");
  }

  focus() { this.control?.focus?.(); }

  /**
   * Puts label, control, help and error together.
   *
   * @param {HTMLElement} control what the label belongs to
   * @param {Node} shown what is shown, where it is more than the control
   * @param {{ inline?: boolean, group?: boolean }} how `group`: several controls that share the label
   */
  assemble(control, shown = control, { inline = false, group = false } = {}) {
    this.control = control;
    if (!control.id) control.id = this.id;
    const described = [`${this.id}-error`];
    const help = this.helpText();
    if (help) described.unshift(`${this.id}-help`);
    control.setAttribute("aria-describedby", described.join(" "));
    if (this.spec.required) control.setAttribute("aria-required", "true");
    const label = el(
      group ? "span.field-label" : "label.field-label", { id: `${this.id}-label`, for: group ? null : control.id },
      this.label, this.spec.required ? el("span.required", { "aria-hidden": "true" }, " needed") : null);
    if (group) control.setAttribute("aria-labelledby", `${this.id}-label`);
    // `aria-required` is for single controls alone.
    if (group && control.getAttribute("role") !== "radiogroup") control.removeAttribute("aria-required");
    this.element = el(
      "div.field", { class: inline ? "inline" : "", dataset: { field: this.path } },
      el("div.field-head", {}, label, el("span.field-type", {}, this.typeText()), this.undo),
      shown,
      help ? el("p.field-help", { id: `${this.id}-help` }, help) : null,
      this.error);
    return this.element;
  }

  helpText() { return this.spec.description; }

  /** What is allowed, in a few signs, behind the label. */
  typeText() { return this.spec.schema["x-retort-unit"] ?? ""; }
}
