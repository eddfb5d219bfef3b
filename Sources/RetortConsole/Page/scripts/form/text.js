// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Texts of all kinds: lines, paragraphs, dates, colours, passwords, and JSON where the schema leaves it open.
 */

import { el, button } from "../page/dom.js";
import { sample } from "../document/schema.js";
import { Field } from "./field.js";

const inputTypes = {
  date: "date", "date-time": "datetime-local", time: "time", email: "email", uri: "url", url: "url",
  password: "password", color: "color", tel: "tel",
};

/** A field for a text. */
export class TextField extends Field {
  constructor(spec) {
    super(spec);
    const { format, maxLength, minLength, pattern, contentMediaType } = spec.schema;
    this.format = format;
    const listeners = { oninput: () => this.changed(true) };
    const common = { maxlength: maxLength, minlength: minLength, spellcheck: "false", ...listeners };
    if (format === "multiline" || contentMediaType || (maxLength ?? 0) > 200) {
      this.input = el("textarea", { ...common, rows: 4 });
    } else {
      this.input = el("input", {
        ...common, type: inputTypes[format] ?? "text", step: format === "date-time" ? "1" : null,
        pattern: pattern ?? null, autocomplete: format === "password" ? "off" : null,
      });
    }
    this.assemble(this.input);
    this.reset();
  }

  get default() { return typeof this.spec.schema.default === "string" ? this.spec.schema.default : ""; }

  reset() {
    this.input.value = this.toInput(this.default);
    super.reset();
  }

  toInput(value) {
    if (this.format !== "date-time" || !value) return value;
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) return "";
    return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  }

  read() {
    const text = this.input.value;
    if (!this.touched) return this.spec.required && text !== "" ? text : undefined;
    if (text === "" && !(this.spec.required && !this.spec.schema.minLength)) {
      return this.default === "" ? undefined : "";
    }
    if (this.format === "date-time" && text) return new Date(text).toISOString().replace(/\.000Z$/, "Z");
    return text;
  }

  write(value) {
    this.input.value = this.toInput(String(value ?? ""));
    this.setTouched(true);
  }

  problem() {
    const missing = super.problem();
    if (missing) return missing;
    if (this.touched && this.input.value !== "" && !this.input.validity.valid) {
      return this.input.validationMessage || `${this.label} is not in the right form.`;
    }
    return null;
  }

  typeText() {
    const { maxLength, format } = this.spec.schema;
    if (maxLength) return `up to ${maxLength} characters`;
    return format && !inputTypes[format] && format !== "multiline" ? format : "";
  }
}

/** A field for any JSON, checked while it is typed. */
export class JSONField extends Field {
  constructor(spec) {
    super(spec);
    this.input = el("textarea.code", {
      rows: 5, spellcheck: "false", autocapitalize: "off", oninput: () => { this.changed(true); this.check(); },
    });
    const neat = button("Tidy up", { kind: "quiet small", onclick: () => this.tidy() });
    const start = button("Fill in a sample", {
      kind: "quiet small", onclick: () => { this.write(sample(spec.root, spec.schema)); spec.onchange(true); },
    });
    this.assemble(this.input, el("div.json-editor", {}, this.input, el("div.row", {}, neat, start)));
    this.reset();
  }

  reset() {
    const value = this.spec.schema.default;
    this.input.value = value === undefined ? "" : JSON.stringify(value, null, 2);
    super.reset();
  }

  parse() {
    const text = this.input.value;
    if (text.trim() === "") return { value: undefined };
    try {
      return { value: JSON.parse(text) };
    } catch (error) {
      return { problem: describe(error, text) };
    }
  }

  check() {
    const { problem } = this.parse();
    if (problem) this.setError(problem);
  }

  tidy() {
    const { value, problem } = this.parse();
    if (problem) this.setError(problem);
    else if (value !== undefined) this.input.value = JSON.stringify(value, null, 2);
  }

  read() { return this.touched || this.spec.required ? this.parse().value : undefined; }

  write(value) {
    this.input.value = value === undefined ? "" : JSON.stringify(value, null, 2);
    this.setTouched(true);
  }

  problem() { return this.parse().problem ?? super.problem(); }

  typeText() { return "JSON"; }
}

/** What is wrong with a JSON text, with line and column where the browser tells the place. */
export function describe(error, text) {
  const place = /position (\d+)/.exec(error.message);
  if (!place) return `Not JSON: ${error.message}`;
  const before = text.slice(0, Number(place[1]));
  const line = before.split("\n").length;
  return `Not JSON: line ${line}, column ${before.length - before.lastIndexOf("\n")}.`;
}
