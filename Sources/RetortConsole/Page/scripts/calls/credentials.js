// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who asks: names, passwords and tokens, which stay in the memory of the page and nowhere else.
 */

import { el } from "../page/dom.js";
import { icon } from "../page/icons.js";

const kept = new Map();

function encode(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The headers for an operation. @returns {[string, string][]} */
export function credentialsFor(api, operation) {
  const headers = [];
  for (const name of schemeNames(operation)) {
    const scheme = api.schemes[name];
    const values = kept.get(name);
    if (!scheme || !values) continue;
    if (scheme.type === "apiKey" && scheme.in === "header" && values.token) headers.push([scheme.name, values.token]);
    else if (scheme.scheme === "basic" && values.user) headers.push(["Authorization", `Basic ${encode(`${values.user}:${values.password ?? ""}`)}`]);
    else if (values.token) headers.push(["Authorization", `Bearer ${values.token}`]);
  }
  return headers.slice(0, 1);
}

function schemeNames(operation) { return [...new Set(operation.security.flatMap((one) => Object.keys(one)))]; }

/** The fields for who asks; null where nobody has to say. */
export function makeCredentials(api, operation) {
  const names = schemeNames(operation).filter((name) => api.schemes[name]);
  if (!names.length) return null;
  const isOptional = operation.security.some((one) => !Object.keys(one).length);
  const fields = names.flatMap((name) => {
    const scheme = api.schemes[name];
    const field = (key, label, type) => el("label.field", {}, el("span.field-label", {}, label), el("input", {
      type, autocomplete: "off", value: kept.get(name)?.[key] ?? "",
      oninput: (event) => kept.set(name, { ...kept.get(name), [key]: event.target.value }),
    }));
    return scheme.scheme === "basic" ? [field("user", "Name", "text"), field("password", "Password", "password")]
      : [field("token", scheme.type === "apiKey" ? scheme.name : "Token", "password")];
  });
  return el("details.credentials", { open: !isOptional && !kept.size },
    el("summary", {}, icon("lock"), isOptional ? "Sign in (not needed)" : "Sign in"), el("div.form-fields", {}, fields));
}
