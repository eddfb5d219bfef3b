// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * An answer of a few values, such as a verdict and how sure it is.
 */

import { el } from "../page/dom.js";
import { number, percent } from "../page/format.js";

const MOST = 12;
const shares = /^(score|similarity|probability|confidence|share)$/;

/** The members that can be shown as lines: numbers, truths and short texts. */
export function readFacts(json) {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return [];
  return Object.entries(json).filter(([name, value]) => name !== "status" && ( ["number", "boolean"].includes(typeof value) || (typeof value === "string" && value.length <= 200))).slice(0, MOST);
}

/** @param {[string, string|number|boolean][]} facts */
export function makeFacts(facts) {
  return el("dl.verdict", {}, facts.map(([name, value]) => el("div.verdict-row", {},
    el("dt", {}, title(name)),
    el("dd", { class: typeof value === "boolean" ? (value ? "yes" : "no") : "" }, text(name, value)),
    isShare(name, value) ? el("dd.bar-track", { "aria-hidden": "true" }, el("span.bar-fill", { vars: { "--share": `${Math.max(0, value) * 100}%` } })) : null)));
}

function isShare(name, value) { return typeof value === "number" && shares.test(name) && value >= -1 && value <= 1; }

function text(name, value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isShare(name, value)) return percent(value);
  return typeof value === "number" ? number(value) : value;
}

/** `is_same` and `isSame` as "Is same". */
function title(name) {
  const words = name.replaceAll(/[_-]/g, " ").replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
