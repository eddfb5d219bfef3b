// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * JSON as a tree that opens and closes; long lists are opened piece by piece.
 */

import { el } from "../page/dom.js";

const PIECE = 100;
const LONG = 400;

/** @param {any} value */
export function makeTree(value) {
  return el("div.tree", {}, branch(null, value, 0));
}

function branch(name, value, depth) {
  const label = name === null ? null : el("span.key", {}, typeof name === "number" ? String(name) : name, el("span.colon", {}, ": "));
  if (typeof value !== "object" || value === null) return el("div.leaf", {}, label, leaf(value));
  const entries = Array.isArray(value) ? value.map((one, index) => [index, one]) : Object.entries(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (!entries.length) return el("div.leaf", {}, label, el("span.muted", {}, open + close));
  // Short lists of numbers, such as boxes, are read better in one line.
  if (Array.isArray(value) && value.length <= 8 && value.every((one) => typeof one === "number")) {
    return el("div.leaf", {}, label, el("span.muted", {}, "["), value.flatMap((one, index) => [index ? ", " : "", leaf(one)]), el("span.muted", {}, "]"));
  }
  const inside = el("div.inside");
  const details = el(
    "details", { open: depth < 2 && entries.length <= 50 },
    el("summary", {}, label, el("span.muted", {}, `${open} ${entries.length} ${close}`)), inside);
  let filled = 0;
  const more = () => {
    for (const [key, one] of entries.slice(filled, filled + PIECE)) inside.append(branch(key, one, depth + 1));
    filled += PIECE;
    if (filled >= entries.length) return;
    const next = el("button.button.small", { type: "button", onclick: () => { next.remove(); more(); } }, `Show ${Math.min(PIECE, entries.length - filled)} more of ${entries.length - filled}`);
    inside.append(next);
  };
  // Nothing is made before somebody looks.
  if (details.open) more();
  else details.addEventListener("toggle", () => { if (!filled) more(); });
  return details;
}

function leaf(value) {
  const kind = value === null ? "null" : typeof value;
  if (kind !== "string") return el("span", { class: `value-${kind}` }, String(value));
  const text = value.length > LONG ? `${value.slice(0, LONG)}… (${value.length} characters)` : value;
  return el("span.value-string", {}, JSON.stringify(text));
}
