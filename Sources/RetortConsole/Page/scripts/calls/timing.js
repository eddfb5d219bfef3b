// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where the time of a call went: the stages of `Server-Timing`, and the rest, which is the way there and back.
 */

import { el, fill } from "../page/dom.js";
import { duration } from "../page/format.js";

/**
 * Reads a `Server-Timing` field: `decode;dur=12.3;desc="JPEG", detect;dur=240`.
 *
 * @param {string} header
 * @returns {{ name: string, description: string, duration: number }[]}
 */
export function readServerTiming(header) {
  const stages = [];
  // Commas and semicolons inside quotes are text.
  for (const entry of header.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? []) {
    const [name, ...parameters] = entry.match(/(?:[^;"]|"(?:\\.|[^"\\])*")+/g)?.map((part) => part.trim()) ?? [];
    if (!name) continue;
    const values = Object.fromEntries(parameters.map((parameter) => {
      const [key, value = ""] = parameter.split(/=(.*)/s);
      return [key.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/s, "$1").replaceAll(/\\(.)/g, "$1")];
    }));
    const length = Number(values.dur);
    if (Number.isFinite(length)) stages.push({ name, description: values.desc ?? "", duration: length });
  }
  return stages;
}

/** The stages that are shown: those that lie inside another, a total, are taken apart from it. */
export function shares({ total, stages }) {
  const whole = stages.find((stage) => /^(total|app|server|handler)$/i.test(stage.name));
  const inner = stages.filter((stage) => stage !== whole);
  const sum = inner.reduce((before, stage) => before + stage.duration, 0);
  const parts = inner.map((stage) => ({ label: stage.description || stage.name, duration: stage.duration, kind: "stage" }));
  const server = Math.max(whole?.duration ?? 0, sum);
  if (server - sum > 0.05) parts.push({ label: stages.length > 1 ? "rest of the server" : "server", duration: server - sum, kind: "server" });
  if (total > server) parts.push({ label: stages.length ? "network and browser" : "whole call", duration: total - server, kind: "network" });
  return parts;
}

/** Draws the bar with its legend into a place. */
export function showTiming(place, timing) {
  // Without stages there is nothing to compare; the whole time stands beside the status.
  if (!timing.stages.length) { fill(place); return; }
  const parts = shares(timing);
  const sum = Math.max(parts.reduce((before, part) => before + part.duration, 0), 0.001);
  let stage = 0;
  for (const part of parts) {
    if (part.kind === "stage") { part.class = `stage-${stage % 6}`; stage += 1; } else part.class = part.kind;
  }
  fill(
    place,
    el("div.timing-bar", { "aria-hidden": "true" }, parts.map((part) => el(
      "span.timing-part", { class: part.class, vars: { "--share": part.duration / sum }, title: `${part.label}: ${duration(part.duration)}` }))),
    el("ul.timing-legend", { "aria-label": "Where the time went" }, parts.map((part) => el(
      "li", {}, el("span.swatch", { class: part.class, "aria-hidden": "true" }), `${part.label} `,
      el("strong", {}, duration(part.duration))))));
}
