// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Errors: RFC 9457's problem details and what others send in their place, at the fields that they name.
 */

import { el } from "../page/dom.js";
import { icon } from "../page/icons.js";

/**
 * @typedef {object} Problem
 * @property {string} title
 * @property {string} detail
 * @property {{ field: string, message: string }[]} fields
 * @property {string} retry what the server says about trying again
 */

/** @param {import("../calls/send.js").Answer} answer @returns {Problem} */
export function readProblem(answer) {
  const json = typeof answer.json === "object" && answer.json !== null ? answer.json : {};
  const text = (...values) => values.find((value) => typeof value === "string" && value) ?? "";
  const fields = Array.isArray(json.errors) ? json.errors.map((one) => ({
    field: text(one?.field, one?.name, Array.isArray(one?.loc) ? one.loc.join(".") : "", one?.pointer),
    message: text(one?.message, one?.detail, one?.msg) || "is not right",
  })) : [];
  const wait = answer.headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1];
  return {
    title: text(json.title, json.error, answer.statusText) || `Status ${answer.status}`,
    detail: text(json.detail, json.message) || (answer.type === "text/plain" ? answer.text.slice(0, 500) : ""),
    fields, retry: wait ? (/^\d+$/.test(wait) ? `The server asks to wait ${wait} s.` : `The server asks to wait until ${wait}.`) : "",
  };
}

/**
 * @param {Problem} problem
 * @param {(field: string, message: string) => boolean} mark marks a field of the form, and says whether there is one
 */
export function makeProblem(problem, mark) {
  const rest = problem.fields.filter(({ field, message }) => !mark(field, message));
  return el("div.problem", { role: "alert" }, icon("alert"), el("div", {},
    el("h3", {}, problem.title),
    problem.detail ? el("p", {}, problem.detail) : null,
    rest.length ? el("ul", {}, rest.map(({ field, message }) => el("li", {}, field ? el("code", {}, field) : null, field ? ": " : "", message))) : null,
    problem.fields.length > rest.length ? el("p", {}, "The fields that are meant are marked.") : null,
    problem.retry ? el("p", {}, problem.retry) : null));
}
