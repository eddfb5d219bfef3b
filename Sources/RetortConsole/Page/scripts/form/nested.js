// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fields that hold fields: objects and lists.
 */

import { el, button } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { resolve, typeOf } from "../document/schema.js";
import { Field } from "./field.js";
import { makeField } from "./make.js";

/** A field for an object with known members. */
export class ObjectField extends Field {
  constructor(spec) {
    super(spec);
    const required = new Set(spec.schema.required ?? []);
    this.members = Object.entries(spec.schema.properties ?? {}).map(([name, given]) => {
      const schema = resolve(spec.root, given);
      return makeField({
        root: spec.root, name, schema, required: required.has(name), description: schema.description ?? "",
        path: spec.path ? `${spec.path}.${name}` : name, depth: spec.depth + 1,
        onchange: (settled) => { this.touched = true; spec.onchange(settled); },
      });
    });
    const group = el("div.members", { role: "group", tabindex: "-1" }, this.members.map((member) => member.element));
    this.assemble(group, group, { group: true });
    this.element.classList.add("nested");
    this.undo.remove();
  }

  *fields() {
    yield this;
    for (const member of this.members) yield* member.fields();
  }

  reset() {
    for (const member of this.members) member.reset();
    this.touched = false;
  }

  read() {
    const entries = this.members.map((member) => [member.spec.name, member.read()]);
    const sent = entries.filter(([, value]) => value !== undefined);
    return sent.length || this.spec.required ? Object.fromEntries(sent) : undefined;
  }

  write(value) {
    for (const member of this.members) {
      if (value?.[member.spec.name] !== undefined) member.write(value[member.spec.name]);
    }
    this.touched = true;
  }

  problem() {
    // An object that may be left out is only as needed as what somebody has begun to fill in.
    if (!this.spec.required && this.read() === undefined) return null;
    for (const member of this.members) {
      const text = member.problem();
      if (text) member.setError(text);
    }
    return this.members.some((member) => !member.error.hidden) ? "" : null;
  }
}

/** A field for a list of values. */
export class ListField extends Field {
  constructor(spec) {
    super(spec);
    this.items = resolve(spec.root, spec.schema.items);
    this.entries = [];
    this.list = el("div.list", { role: "group", tabindex: "-1" });
    this.more = button("Add", { kind: "small", onclick: () => { this.add().focus(); this.changed(true); } }, icon("plus"));
    this.more.setAttribute("aria-label", `Add to ${this.label}`);
    this.assemble(this.list, el("div", {}, this.list, this.more), { group: true });
    this.reset();
  }

  get most() { return this.spec.schema.maxItems ?? 64; }

  *fields() {
    yield this;
    for (const entry of this.entries) yield* entry.field.fields();
  }

  add(value) {
    const index = this.entries.length;
    const field = makeField({
      root: this.spec.root, name: `${this.label} ${index + 1}`, schema: { ...this.items, title: undefined },
      required: typeOf(this.items) !== "boolean", description: "", path: `${this.spec.path}[${index}]`,
      depth: this.spec.depth + 1, onchange: (settled) => this.changed(settled),
    });
    if (value !== undefined) field.write(value);
    const entry = { field };
    entry.element = el("div.list-entry", {}, field.element, button(
      `Remove ${field.label}`, { kind: "quiet", onclick: () => this.remove(entry) }, icon("trash"), false));
    this.entries.push(entry);
    this.list.append(entry.element);
    this.more.disabled = this.entries.length >= this.most;
    return field;
  }

  remove(entry) {
    const values = this.entries.filter((one) => one !== entry).map((one) => one.field.read());
    this.fill(values);
    this.changed(true);
    this.more.focus();
  }

  // Paths and labels count from the front, so that all entries are made again.
  fill(values) {
    this.entries = [];
    this.list.replaceChildren();
    for (const value of values) this.add(value);
    this.more.disabled = this.entries.length >= this.most;
  }

  reset() {
    const { schema } = this.spec;
    const values = Array.isArray(schema.default) ? [...schema.default] : [];
    while (this.spec.required && values.length < (schema.minItems ?? 0)) values.push(undefined);
    this.fill(values);
    super.reset();
  }

  read() {
    if (!this.touched && !this.spec.required) return undefined;
    return this.entries.map((entry) => entry.field.read()).filter((value) => value !== undefined);
  }

  write(value) {
    this.fill([value].flat());
    this.setTouched(true);
  }

  problem() {
    const { minItems } = this.spec.schema;
    const values = this.read();
    if (values && minItems && values.length < minItems) return `${this.label} needs at least ${minItems}.`;
    for (const { field } of this.entries) {
      const text = field.problem();
      if (text) field.setError(text);
    }
    return this.entries.some(({ field }) => !field.error.hidden) ? "" : null;
  }

  typeText() { return this.spec.schema.maxItems ? `up to ${this.spec.schema.maxItems}` : ""; }
}

/** A field for any number of the values of an enumeration. */
export class SetField extends Field {
  constructor(spec) {
    super(spec);
    this.values = resolve(spec.root, spec.schema.items).enum;
    this.boxes = this.values.map((value) => el("input", {
      type: "checkbox", value: String(value), onchange: () => this.changed(true),
    }));
    const group = el("div.checks", { role: "group", tabindex: "-1" }, this.values.map((value, index) => el(
      "label.check", {}, this.boxes[index], el("span", {}, String(value)))));
    this.assemble(group, group, { group: true });
    this.reset();
  }

  show(values) {
    this.values.forEach((value, index) => { this.boxes[index].checked = values.includes(value); });
  }

  reset() {
    this.show(Array.isArray(this.spec.schema.default) ? this.spec.schema.default : []);
    super.reset();
  }

  read() {
    return this.touched || this.spec.required
      ? this.values.filter((_, index) => this.boxes[index].checked) : undefined;
  }

  write(value) {
    this.show([value].flat());
    this.setTouched(true);
  }
}
