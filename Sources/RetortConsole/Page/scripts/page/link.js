// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The address of the page as a link to an operation with its values: `#detect?minimumScore=0.4`.
 */

/** @returns {{ id: string, values: Record<string, string|string[]> }|null} what stands several times is a list */
export function readLink() {
  const text = location.hash.slice(1);
  if (!text) return null;
  const [id, query = ""] = text.split(/\?(.*)/s);
  return { id: decodeURIComponent(id), values: grouped(new URLSearchParams(query)) };
}

function grouped(query) {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => { const all = query.getAll(name); return [name, all.length > 1 ? all : all[0]]; }));
}

const MOST = 20;
const isSimple = (value) => ["string", "number", "boolean"].includes(typeof value) && String(value).length <= 200;

/** Puts an operation and its simple values into the address, without a new entry in the browser's history. */
export function writeLink(operation, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const all = [value].flat();
    if (all.length <= MOST && all.every(isSimple)) for (const one of all) query.append(name, String(one));
  }
  const text = `#${encodeURIComponent(operation.id)}${query.size ? `?${query}` : ""}`;
  if (location.hash !== text) history.replaceState(history.state, "", text);
}

/** The values of a link in the types of an operation's fields. */
export function typedValues(form, values) {
  const typed = {};
  const types = new Map([...form.fields()].map((field) => [field.path, field.spec.schema]));
  for (const [name, text] of Object.entries(values)) {
    const schema = types.get(name);
    const type = [schema?.type].flat().find((one) => one !== "null");
    // A password does not belong into an address, and one that is there is not believed.
    if (!schema || schema.format === "password") continue;
    // Lists of texts, such as places in a picture.
    if (type === "array") { if (schema.items?.type === "string") typed[name] = [text].flat(); continue; }
    if (Array.isArray(text)) continue;
    if (type === "number" || type === "integer") { if (Number.isFinite(Number(text))) typed[name] = Number(text); }
    else if (type === "boolean") typed[name] = text === "true";
    else if (type === "string" || schema.enum) typed[name] = text;
  }
  return typed;
}
