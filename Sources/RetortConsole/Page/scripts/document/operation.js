// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * One operation of an OpenAPI document, read once into what the page asks for.
 */

import { resolve, typeOf, isPicture } from "./schema.js";

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";

/**
 * @typedef {object} PictureWays how an operation takes a picture
 * @property {string|null} field name of the part of a form
 * @property {boolean} body whether the picture may be the whole body
 * @property {string|null} url name of the query parameter with an address
 * @property {boolean} many whether it takes several
 * @property {number} most how many it takes
 * @property {number} least how many it needs
 * @property {boolean} required
 *
 * @typedef {object} Places what people point at in the picture
 * @property {string[]} points names of the parameters that are lists of points
 * @property {string|null} box name of the parameter that is a box
 * @property {string[]} needed the names of which at least one has to be filled in
 *
 * @typedef {object} AnswerChoice
 * @property {string} value what is sent as the parameter, or the media type itself
 * @property {string} type the media type
 * @property {string} label
 * @property {string|null} parameter the query parameter that chooses; null where `Accept` does
 */

/** An operation. */
export class Operation {
  /**
   * @param {object} root the document
   * @param {string} path with braces
   * @param {string} method in small letters
   * @param {object} item what stands beside the operation: common parameters
   * @param {object} given the operation
   */
  constructor(root, path, method, item, given) {
    this.root = root;
    this.path = path;
    this.method = method.toUpperCase();
    this.id = given.operationId ?? `${method} ${path}`;
    this.tags = given.tags?.length ? given.tags : [];
    this.summary = given.summary ?? "";
    this.description = given.description ?? "";
    this.isDeprecated = given.deprecated === true;
    this.isWebSocket = given["x-retort-websocket"] === true;
    this.isLive = given["x-retort-live"] === true;
    this.bodyLimit = given["x-retort-body-limit"] ?? null;
    this.security = given.security ?? root.security ?? [];
    this.parameters = readParameters(root, item.parameters, given.parameters);
    this.body = readBody(root, given.requestBody);
    this.picture = readPicture(this, given["x-retort-image"]);
    this.places = this.picture ? readPlaces(this, given["x-retort-places"]) : null;
    this.success = readSuccess(root, given.responses ?? {});
    this.answers = readAnswers(this, given["x-retort-formats"]);
    this.examples = given["x-retort-examples"] ?? [];
  }

  /** What the operation is called in lists. */
  get name() { return this.summary || this.path; }

  /** Whether a file can be sent, not only an address. */
  get takesPictureFile() { return Boolean(this.picture?.field || this.picture?.body); }

  /** What the JSON of the answer is, as the picture types say it; null where they say nothing. */
  get kind() {
    const json = this.success.content["application/json"];
    return json ? resolve(this.root, json.schema)["x-retort-kind"] ?? null : null;
  }

  /** The names of the parameters and fields that the page shows in another way than in the form. */
  get hidden() {
    const names = new Set();
    for (const name of [this.picture?.field, this.picture?.url, this.answers[0]?.parameter]) if (name) names.add(name);
    return names;
  }
}

function readParameters(root, common = [], own = []) {
  const byKey = new Map();
  for (const given of [...common, ...own]) {
    const parameter = resolve(root, given);
    const schema = resolve(root, parameter.schema ?? Object.values(parameter.content ?? {})[0]?.schema);
    byKey.set(`${parameter.in} ${parameter.name}`, {
      name: parameter.name, in: parameter.in, schema,
      required: parameter.required === true || parameter.in === "path",
      description: parameter.description ?? schema.description ?? "",
      isRest: parameter["x-retort-rest"] === true,
      explode: parameter.explode ?? (parameter.in === "query" || parameter.in === "cookie"),
    });
  }
  return [...byKey.values()];
}

function readBody(root, given) {
  if (!given) return null;
  const body = resolve(root, given);
  const content = body.content ?? {};
  const types = Object.keys(content);
  const json = types.find((type) => type === "application/json" || type.endsWith("+json"));
  // Forms come first where there are files: only they can carry several things.
  const chosen = types.includes(FORM) ? FORM : types.includes(MULTIPART) ? MULTIPART : json ?? types[0];
  if (!chosen) return null;
  const schema = resolve(root, content[chosen].schema);
  const kind = chosen === FORM ? "form" : chosen === MULTIPART ? "multipart" : chosen === json ? "json" : "raw";
  return { kind, type: chosen, types, content, schema, required: body.required === true };
}

function readPicture(operation, given) {
  const { body, parameters, root } = operation;
  const fields = body?.kind === "multipart" ? Object.entries(body.schema.properties ?? {}) : [];
  const isField = ([, schema]) => {
    const resolved = resolve(root, schema);
    return isPicture(typeOf(resolved) === "array" ? resolve(root, resolved.items) : resolved);
  };
  let ways = given;
  if (!ways) {
    const field = fields.find(isField)?.[0];
    const raw = body?.types.some((type) => type.startsWith("image/"));
    if (!field && !raw) return null;
    ways = { field, body: raw, url: parameters.find((one) => one.in === "query" && one.name === "url")?.name };
  }
  const schema = resolve(root, fields.find(([name]) => name === ways.field)?.[1]);
  const many = typeOf(schema) === "array";
  const url = parameters.find((one) => one.in === "query" && one.name === ways.url);
  return {
    field: ways.field ?? null, body: ways.body === true, url: ways.url ?? null, many,
    most: many ? schema.maxItems ?? 16 : 1, least: many ? schema.minItems ?? 1 : 1,
    required: Boolean(body?.required || url?.required || body?.schema.required?.includes(ways.field)),
  };
}

/** @returns {Places|null} */
function readPlaces({ parameters }, given) {
  const known = (name) => parameters.some((one) => one.in === "query" && one.name === name);
  const points = [given?.points ?? []].flat().filter(known);
  const box = known(given?.box) ? given.box : null;
  return points.length ? { points, box, needed: [given.needed ?? []].flat().filter(known) } : null;
}

function readSuccess(root, responses) {
  const codes = Object.keys(responses).filter((code) => /^[12]/.test(code)).sort();
  const code = codes.find((one) => one.startsWith("2")) ?? codes[0];
  const response = resolve(root, responses[code]);
  return { code: code ?? null, description: response.description ?? "", content: response.content ?? {} };
}

function readAnswers(operation, formats) {
  if (formats?.parameter) {
    const schema = operation.parameters.find((one) => one.name === formats.parameter)?.schema ?? {};
    const sentences = schema["x-retort-enum-descriptions"] ?? {};
    return Object.entries(formats.types ?? {}).map(([value, type]) => ({
      value, type, label: answerLabel(value, type), sentence: sentences[value] ?? "", parameter: formats.parameter,
    }));
  }
  return Object.keys(operation.success.content).filter((type) => !type.includes("*")).map((type) => ({
    value: type, type, label: answerLabel(null, type), sentence: "", parameter: null,
  }));
}

function answerLabel(value, type) {
  if (value === "json" || (!value && type === "application/json")) return "JSON";
  if (value) return value.length <= 5 ? value.toUpperCase() : value;
  return type.startsWith("image/") ? type.slice(6).toUpperCase() : type;
}

