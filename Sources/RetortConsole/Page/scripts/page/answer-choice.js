// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The choice of what the answer is: data, or a picture in one of several formats.
 */

import { el, uniqueID } from "./dom.js";
import { makeSegments } from "../form/choice.js";

/**
 * @param {import("../document/operation.js").Operation} operation
 * @param {string|null} wanted
 * @param {() => void} onchange
 */
export function makeAnswerChoice(operation, wanted, onchange) {
  const { answers } = operation;
  // What can be drawn over the picture, hovered and clicked comes first.
  const first = answers.find((one) => one.type === "application/json") ?? answers[0] ?? null;
  const state = { chosen: answers.find((one) => one.value === wanted) ?? first, isChosen: false, element: null, reset: () => {} };
  state.isChosen = state.chosen !== first;
  if (answers.length < 2) return state;
  const note = el("p.field-help");
  const explain = () => { note.textContent = state.chosen.sentence; note.hidden = !state.chosen.sentence; };
  const choose = (value) => {
    state.chosen = answers.find((one) => one.value === value);
    state.isChosen = state.chosen !== first;
    explain();
    onchange();
  };
  const id = uniqueID("answer");
  const isShort = answers.length <= 5 && answers.every((one) => one.label.length <= 8);
  const segments = isShort ? makeSegments(answers, state.chosen.value, choose, { "aria-labelledby": id }) : null;
  const select = isShort ? null : el("select", { "aria-labelledby": id, onchange: () => choose(select.value) },
    answers.map((one) => el("option", { value: one.value, selected: one === state.chosen }, one.label)));
  state.reset = () => {
    state.chosen = first;
    state.isChosen = false;
    if (segments) segments.value = first.value; else select.value = first.value;
    explain();
  };
  explain();
  state.element = el("div.field.answer-choice", {}, el("span.field-label", { id }, "Answer"), segments?.element ?? select, note);
  return state;
}
