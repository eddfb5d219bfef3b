// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Choices: few as buttons side by side, many as a list; and switches for yes and no.
 */

import { el, uniqueID } from "../page/dom.js";
import { isNullable } from "../document/schema.js";
import { Field } from "./field.js";

/**
 * Radio buttons that look like one control.
 *
 * @param {{ value: string, label: string, sentence?: string }[]} options
 * @param {string} chosen
 * @param {(value: string) => void} onchoose
 */
export function makeSegments(options, chosen, onchoose, properties = {}) {
  const name = uniqueID("choice");
  const inputs = options.map(({ value }) => el("input", {
    type: "radio", name, value, checked: value === chosen, onchange: () => onchoose(value),
  }));
  const element = el("div.segments", { role: "radiogroup", ...properties }, options.map((option, index) => el(
    "label.segment", { title: option.sentence || null }, inputs[index], el("span", {}, option.label))));
  return {
    element, inputs,
    get value() { return inputs.find((input) => input.checked)?.value ?? null; },
    set value(value) { for (const input of inputs) input.checked = input.value === value; },
  };
}

/** A field for one value of a few. */
export class ChoiceField extends Field {
  constructor(spec) {
    super(spec);
    this.values = spec.schema.enum ?? [spec.schema.const];
    const texts = this.values.map((value) => String(value));
    this.sentences = spec.schema["x-retort-enum-descriptions"] ?? {};
    const needsNone = !spec.required && spec.schema.default === undefined;
    const short = texts.length <= 4 && texts.join("").length <= 26;
    if (short && !needsNone) this.makeButtons(texts);
    else this.makeList(texts, needsNone);
    this.reset();
  }

  makeButtons(texts) {
    const options = texts.map((value) => ({ value, label: value, sentence: this.sentences[value] }));
    this.input = makeSegments(options, null, () => { this.explain(); this.changed(true); });
    this.note = el("p.field-help.choice-note");
    this.assemble(this.input.element, el("div", {}, this.input.element, this.note), { group: true });
  }

  makeList(texts, needsNone) {
    this.input = el(
      "select", { onchange: () => { this.explain(); this.changed(true); } },
      needsNone || this.spec.required ? el("option", { value: "" }, needsNone ? "not set" : "choose…") : null,
      texts.map((value) => el("option", { value }, value)));
    this.note = el("p.field-help.choice-note");
    this.assemble(this.input, el("div", {}, this.input, this.note));
  }

  explain() { this.note.textContent = this.sentences[this.input.value] ?? ""; }

  focus() { (this.input.inputs?.find((input) => input.checked) ?? this.input.inputs?.[0] ?? this.control).focus(); }

  reset() {
    const value = this.spec.schema.default;
    this.input.value = value === undefined ? "" : String(value);
    this.explain();
    super.reset();
  }

  read() {
    if (!this.touched && !this.spec.required) return undefined;
    const index = this.values.findIndex((value) => String(value) === this.input.value);
    return index < 0 ? undefined : this.values[index];
  }

  write(value) {
    this.input.value = String(value);
    this.explain();
    this.setTouched(true);
  }
}

/** A field for yes or no; with a third position where neither is a value of its own. */
export class SwitchField extends Field {
  constructor(spec) {
    super(spec);
    this.input = el("input.switch", { type: "checkbox", role: "switch", onchange: () => this.changed(true) });
    this.assemble(this.input, this.input, { inline: true });
    this.reset();
  }

  reset() {
    this.input.checked = this.spec.schema.default === true;
    super.reset();
  }

  read() { return this.touched || (this.spec.required && !isNullable(this.spec.schema)) ? this.input.checked : undefined; }

  write(value) {
    this.input.checked = value === true;
    this.setTouched(true);
  }

  problem() { return null; }
}
