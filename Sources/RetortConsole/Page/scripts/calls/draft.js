// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A request before it is sent: a value from which the browser's request and the lines to copy are made alike.
 */

/**
 * @typedef {object} Part a part of a form
 * @property {string} name
 * @property {string} [text]
 * @property {Blob} [file]
 * @property {string} [filename]
 *
 * @typedef {object} Draft
 * @property {string} method
 * @property {string} url absolute
 * @property {[string, string][]} headers
 * @property {null | { kind: "multipart", parts: Part[] } | { kind: "form", parts: Part[] }
 *   | { kind: "text", text: string } | { kind: "file", file: Blob, filename: string }} body
 */

/**
 * Makes a request out of what was filled in.
 *
 * @param {import("../document/document.js").ApiDocument} api
 * @param {import("../document/operation.js").Operation} operation
 * @param {ReturnType<import("../form/form.js").OperationForm["read"]>} values
 * @param {{ pictures?: import("../picture/picture.js").Picture[],
 *   answer?: import("../document/operation.js").AnswerChoice|null, answerIsChosen?: boolean,
 *   credentials?: [string, string][] }} beside
 * @returns {Draft}
 */
export function makeDraft(api, operation, values, { pictures = [], answer = null, answerIsChosen = false, credentials = [] } = {}) {
  const headers = [];
  const query = [];
  let path = operation.path;
  for (const { parameter, value } of values.parameters) {
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, pathText(parameter, value));
    else if (parameter.in === "query") query.push(...queryPairs(parameter, value));
    else if (parameter.in === "header") headers.push([parameter.name, String(value)]);
  }
  if (answer?.parameter && answerIsChosen) query.push([answer.parameter, answer.value]);
  if (answer) headers.push(["Accept", answer.type]);
  headers.push(...credentials);

  const files = operation.takesPictureFile ? pictures.filter((picture) => picture.blob) : [];
  const address = files.length ? null : pictures.find((picture) => picture.address);
  if (address && operation.picture?.url) query.unshift([operation.picture.url, address.address]);
  const body = makeBody(operation, values, files, headers);
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeQuery(value)}`).join("&");
  return { method: operation.method, url: api.base + path + (search ? `?${search}` : ""), headers, body };
}

function makeBody(operation, values, files, headers) {
  const { body, picture } = operation;
  if (!body) return null;
  const parts = Object.entries(values.members ?? {}).flatMap(([name, value]) => partsOf(name, value));
  if (picture?.field && (files.length || parts.length)) {
    parts.unshift(...files.map((one) => ({ name: picture.field, file: one.blob, filename: one.name })));
    return { kind: "multipart", parts };
  }
  if (picture?.body && files.length) {
    headers.push(["Content-Type", files[0].blob.type || "application/octet-stream"]);
    return { kind: "file", file: files[0].blob, filename: files[0].name };
  }
  if (body.kind === "multipart") return parts.length ? { kind: "multipart", parts } : null;
  if (body.kind === "form") return { kind: "form", parts };
  return plainBody(body, values, headers);
}

function plainBody(body, values, headers) {
  if (values.body instanceof Blob) {
    headers.push(["Content-Type", values.body.type || "application/octet-stream"]);
    return { kind: "file", file: values.body, filename: values.body.name ?? "body" };
  }
  const content = values.members ?? values.body;
  if (content === undefined) return null;
  headers.push(["Content-Type", body.type]);
  return { kind: "text", text: body.kind === "json" ? JSON.stringify(content) : String(content) };
}

function partsOf(name, value) {
  if (Array.isArray(value)) return value.flatMap((one) => partsOf(name, one));
  if (value instanceof Blob) return [{ name, file: value, filename: value.name ?? "file" }];
  return [{ name, text: typeof value === "object" && value !== null ? JSON.stringify(value) : String(value) }];
}

function pathText(parameter, value) {
  const text = String(value);
  // The rest of a path keeps its slashes.
  return parameter.isRest ? text.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(text);
}

function queryPairs(parameter, value) {
  if (!Array.isArray(value)) return [[parameter.name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
  if (!parameter.explode) return [[parameter.name, value.join(",")]];
  return value.map((one) => [parameter.name, String(one)]);
}

// Slashes and colons may stand in a query as they are, and addresses stay readable.
function encodeQuery(text) {
  return encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",");
}

/** The body as browsers send it. */
export function bodyFor(draft) {
  const { body } = draft;
  switch (body?.kind) {
    case "multipart": {
      const form = new FormData();
      for (const part of body.parts) {
        if (part.file) form.append(part.name, part.file, part.filename);
        else form.append(part.name, part.text);
      }
      return form;
    }
    case "form": return new URLSearchParams(body.parts.map((part) => [part.name, part.text ?? ""]));
    case "text": return body.text;
    case "file": return body.file;
    default: return null;
  }
}
