// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Questions to JSON Schemas (2020-12): what a form has to know of them.
 */

/**
 * Follows `$ref`, and folds `allOf` and an `anyOf` with null into one schema.
 *
 * @param {object} root the whole document
 * @param {object|boolean|undefined} schema
 * @returns {object}
 */
export function resolve(root, schema) {
  let current = schema === true || schema === undefined ? {} : schema;
  if (current === false) return { not: {} };
  for (let steps = 0; current.$ref && steps < 32; steps += 1) {
    const { $ref, ...beside } = current;
    current = { ...follow(root, $ref), ...beside };
  }
  if (Array.isArray(current.allOf)) {
    const { allOf, ...beside } = current;
    current = allOf.map((part) => resolve(root, part)).reduce(merge, beside);
  }
  const choices = current.anyOf ?? current.oneOf;
  if (Array.isArray(choices)) {
    const real = choices.filter((choice) => choice.type !== "null");
    if (real.length === 1) {
      const { anyOf, oneOf, ...beside } = current;
      return { ...resolve(root, real[0]), ...beside, "x-nullable": real.length < choices.length };
    }
  }
  return current;
}

function follow(root, reference) {
  if (!reference.startsWith("#")) return {};
  return reference.slice(1).split("/").slice(1).reduce(
    (value, part) => value?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")], root) ?? {};
}

function merge(left, right) {
  return {
    ...left, ...right,
    properties: { ...left.properties, ...right.properties },
    required: [...(left.required ?? []), ...(right.required ?? [])],
  };
}

/** The type of a schema without null: `number`, `integer`, `string`, `boolean`, `object`, `array` or `any`. */
export function typeOf(schema) {
  const types = [schema.type].flat().filter((type) => type && type !== "null");
  if (types.length === 1) return types[0];
  if (types.length > 1) return types.includes("number") && types.includes("integer") ? "number" : "any";
  if (schema.properties) return "object";
  if (schema.items) return "array";
  if (schema.enum) return typeof schema.enum.find((value) => value !== null) === "number" ? "number" : "string";
  if (schema.contentMediaType) return "string";
  return "any";
}

/** Whether null is allowed. */
export function isNullable(schema) {
  return [schema.type].flat().includes("null") || schema["x-nullable"] === true;
}

/** The media type of the file that a schema stands for; null where it is no file. */
export function fileType(schema) {
  if (typeOf(schema) !== "string") return null;
  if (schema.contentMediaType && !schema.contentEncoding) return schema.contentMediaType;
  return schema.format === "binary" ? "application/octet-stream" : null;
}

/** Whether a schema stands for a picture. */
export function isPicture(schema) {
  return fileType(schema)?.startsWith("image/") ?? false;
}

/** The smallest and the greatest number, null where there is none. */
export function range(schema) {
  const step = stepOf(schema);
  const whole = typeOf(schema) === "integer";
  let least = schema.minimum ?? null;
  let most = schema.maximum ?? null;
  if (least === null && schema.exclusiveMinimum !== undefined) {
    least = schema.exclusiveMinimum + (whole ? step ?? 1 : step ?? 0);
  }
  if (most === null && schema.exclusiveMaximum !== undefined) {
    most = schema.exclusiveMaximum - (whole ? step ?? 1 : step ?? 0);
  }
  return { least, most };
}

/** The step between numbers, counted from the smallest; null where every number is allowed. */
export function stepOf(schema) {
  const step = schema["x-retort-step"] ?? schema.multipleOf;
  if (step > 0) return step;
  return typeOf(schema) === "integer" ? 1 : null;
}

/** A value to begin with, where the text of a JSON body is written by hand. */
export function sample(root, given, depth = 0) {
  const schema = resolve(root, given);
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.examples) && schema.examples.length) return schema.examples[0];
  if (schema.enum) return schema.enum[0];
  switch (typeOf(schema)) {
    case "object": {
      if (depth > 2) return {};
      const required = new Set(schema.required ?? []);
      const names = Object.keys(schema.properties ?? {}).filter((name) => required.has(name) || depth === 0);
      return Object.fromEntries(names.map((name) => [name, sample(root, schema.properties[name], depth + 1)]));
    }
    case "array": return schema.minItems > 0 ? [sample(root, schema.items, depth + 1)] : [];
    case "string": return "";
    case "integer": case "number": return range(schema).least ?? 0;
    case "boolean": return false;
    default: return null;
  }
}
