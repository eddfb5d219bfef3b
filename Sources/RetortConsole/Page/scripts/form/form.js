// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The form of an operation: its parameters, its body, and who asks.
 */

import { el, button } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { resolve, typeOf } from "../document/schema.js";
import { makeField } from "./make.js";
import { BoxField, PointsField } from "./places.js";
import { JSONField } from "./text.js";

/** A form. */
export class OperationForm {
  /**
   * @param {import("../document/operation.js").Operation} operation
   * @param {(settled: boolean) => void} onchange
   */
  constructor(operation, onchange) {
    this.operation = operation;
    this.onchange = onchange;
    const { hidden, root } = operation;
    this.parameters = operation.parameters
      .filter((one) => !(one.in === "query" && hidden.has(one.name)))
      .map((one) => ({
        place: one.in, name: one.name, parameter: one,
        field: this.makeParameter(one, {
          root, name: one.name, schema: one.schema, required: one.required, description: one.description,
          path: one.name, depth: 1, onchange,
        }),
      }));
    this.body = this.makeBody();
    this.element = el(
      "div.form-fields", {},
      this.parameters.map(({ field }) => field.element),
      this.bodyElement);
  }

  makeParameter({ name, in: place }, spec) {
    const { places } = this.operation;
    if (place === "query" && places?.points.includes(name)) return new PointsField(spec);
    return place === "query" && places && places.box === name ? new BoxField(spec) : makeField(spec);
  }

  /** The fields for places in the picture. */
  get placeFields() {
    const all = this.parameters.map(({ field }) => field);
    return { points: all.filter((field) => field instanceof PointsField), box: all.find((field) => field instanceof BoxField) ?? null };
  }

  /** Whether somebody has still to point at the picture. */
  get lacksPlaces() {
    const needed = this.operation.places?.needed ?? [];
    return needed.length > 0 && this.parameters.filter(({ name }) => needed.includes(name)).every(({ field }) => field.read() === undefined);
  }

  /** Forgets the places, which lie in another picture. */
  clearPlaces() {
    const { points, box } = this.placeFields;
    for (const field of [...points, box]) field?.reset();
  }

  makeBody() {
    const { body, hidden, root, picture } = this.operation;
    if (!body || (body.kind === "raw" && picture?.body)) return null;
    const common = { root, depth: 0, onchange: this.onchange, path: "" };
    const isForm = body.kind === "form" || body.kind === "multipart";
    if (isForm || (body.kind === "json" && typeOf(body.schema) === "object" && body.schema.properties)) {
      return this.makeMembers(body, hidden, common, isForm);
    }
    const name = body.kind === "json" ? "Body" : body.type;
    const field = body.kind === "json"
      ? new JSONField({ ...common, name, schema: body.schema, required: body.required, description: body.schema.description ?? "" })
      : makeField({ ...common, name, schema: rawSchema(body), required: body.required, description: "" });
    this.bodyElement = field.element;
    return { kind: "whole", field };
  }

  makeMembers(body, hidden, common, isForm) {
    const required = new Set(body.schema.required ?? []);
    const names = Object.keys(body.schema.properties ?? {}).filter((name) => !(isForm && hidden.has(name)));
    const fields = names.map((name) => {
      const schema = resolve(common.root, body.schema.properties[name]);
      return makeField({
        ...common, name, schema, required: required.has(name), description: schema.description ?? "", path: name, depth: 1,
      });
    });
    const group = el("div.form-fields", {}, fields.map((field) => field.element));
    this.bodyElement = group;
    const result = { kind: "members", fields, editor: null };
    if (!isForm) this.addEditor(result, group, common, body);
    return result;
  }

  /** Lets a JSON body be written by hand instead of field by field. */
  addEditor(result, group, common, body) {
    const editor = new JSONField({ ...common, name: "Body", schema: body.schema, required: body.required, description: "" });
    editor.element.hidden = true;
    const toggle = button("Edit as JSON", {
      kind: "quiet small", "aria-pressed": "false", onclick: () => {
        const opens = editor.element.hidden;
        if (opens) editor.write(this.readMembers(result.fields));
        else for (const field of result.fields) {
          const value = editor.read()?.[field.spec.name];
          if (value !== undefined) field.write(value);
        }
        editor.element.hidden = !opens;
        group.hidden = opens;
        result.editor = opens ? editor : null;
        toggle.setAttribute("aria-pressed", String(opens));
      },
    }, icon("code"));
    this.bodyElement = el("div.form-fields", {}, group, editor.element, el("div", {}, toggle));
  }

  readMembers(fields) {
    return Object.fromEntries(
      fields.map((field) => [field.spec.name, field.read()]).filter(([, value]) => value !== undefined));
  }

  get isEmpty() { return !this.parameters.length && !(this.body?.fields?.length || this.body?.field); }

  /** All fields, also those inside others. */
  *fields() {
    for (const { field } of this.parameters) yield* field.fields();
    if (this.body?.editor) yield* this.body.editor.fields();
    else for (const field of this.body?.fields ?? [this.body?.field]) if (field) yield* field.fields();
  }

  /**
   * What was filled in.
   *
   * @returns {{ parameters: object[], body: object|undefined, members: object|undefined }}
   */
  read() {
    const parameters = this.parameters
      .map(({ parameter, field }) => ({ parameter, value: field.read() }))
      .filter(({ value }) => value !== undefined);
    if (!this.body) return { parameters };
    if (this.body.kind === "whole") return { parameters, body: this.body.field.read() };
    const members = this.body.editor ? this.body.editor.read() : this.readMembers(this.body.fields);
    return { parameters, members };
  }

  /** The values by name, as links and the history keep them: without files and passwords. */
  values() {
    const { parameters, members, body } = this.read();
    const values = Object.fromEntries(parameters.map(({ parameter, value }) => [parameter.name, value]));
    Object.assign(values, members);
    if (body !== undefined && !(body instanceof Blob)) values.body = body;
    for (const field of this.fields()) if (field.spec.schema.format === "password") delete values[field.path];
    for (const [name, value] of Object.entries(values)) if ([value].flat()[0] instanceof Blob) delete values[name];
    return values;
  }

  /** Fills in values by name; those that no field has are passed over. */
  write(values) {
    for (const { name, field } of this.parameters) if (values[name] !== undefined) field.write(values[name]);
    if (this.body?.kind === "whole" && values.body !== undefined) this.body.field.write(values.body);
    for (const field of this.body?.fields ?? []) if (values[field.spec.name] !== undefined) field.write(values[field.spec.name]);
  }

  reset() {
    for (const { field } of this.parameters) field.reset();
    for (const field of this.body?.fields ?? [this.body?.field]) field?.reset();
  }

  /** Marks what cannot be sent yet. @returns {boolean} whether the form can be sent */
  check() {
    this.clearErrors();
    const top = [...this.parameters.map(({ field }) => field)];
    if (this.body?.editor) top.push(this.body.editor);
    else top.push(...(this.body?.fields ?? [this.body?.field]).filter(Boolean));
    let isFine = true;
    for (const field of top) {
      const text = field.problem();
      if (text === null) continue;
      isFine = false;
      if (text) field.setError(text);
    }
    return isFine;
  }

  clearErrors() { for (const field of this.fields()) field.setError(null); }

  /** Marks the field that the server has named. @returns {boolean} whether there is one */
  showError(name, text) {
    const wanted = String(name).replace(/^(query|path|body|header|form)\./, "");
    const all = [...this.fields()];
    const field = all.find((one) => one.path === wanted) ?? all.find((one) => wanted.startsWith(`${one.path}[`))
      ?? all.find((one) => one.path && wanted.startsWith(`${one.path}.`));
    field?.setError(text);
    return Boolean(field);
  }

  focusFirstError() { [...this.fields()].find((field) => !field.error.hidden && field.error.textContent)?.focus(); }
}

function rawSchema(body) {
  return body.type.startsWith("text/") ? { ...body.schema, format: "multiline", contentMediaType: undefined, type: "string" }
    : { type: "string", contentMediaType: body.type };
}
