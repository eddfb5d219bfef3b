// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Chooses the field for a schema.
 */

import { fileType, resolve, typeOf } from "../document/schema.js";
import { ChoiceField, SwitchField } from "./choice.js";
import { FileField } from "./file.js";
import { ListField, ObjectField, SetField } from "./nested.js";
import { NumberField } from "./number.js";
import { JSONField, TextField } from "./text.js";

/** How far objects inside objects are drawn as fields; deeper ones, which may have no end, are JSON. */
const DEPTH = 3;

/** @param {import("./field.js").FieldSpec} spec */
export function makeField(spec) {
  const { schema } = spec;
  if (fileType(schema)) return new FileField(spec);
  if (schema.enum || schema.const !== undefined) return new ChoiceField(spec);
  switch (typeOf(schema)) {
    case "boolean": return new SwitchField(spec);
    case "integer": case "number": return new NumberField(spec);
    case "string": return new TextField(spec);
    case "array": return makeList(spec);
    case "object": return isOpen(spec) ? new JSONField(spec) : new ObjectField(spec);
    default: return new JSONField(spec);
  }
}

function isOpen({ schema, depth }) {
  return depth >= DEPTH || !Object.keys(schema.properties ?? {}).length || schema["x-retort-incomplete"] === true;
}

function makeList(spec) {
  const items = resolve(spec.root, spec.schema.items);
  if (fileType(items)) return new FileField(spec);
  if (items.enum && items.enum.length <= 12) return new SetField(spec);
  const isFlat = ["string", "integer", "number", "boolean"].includes(typeOf(items));
  return isFlat || (typeOf(items) === "object" && spec.depth < DEPTH - 1 && items.properties)
    ? new ListField(spec) : new JSONField(spec);
}
