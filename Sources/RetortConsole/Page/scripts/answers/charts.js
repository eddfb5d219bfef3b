// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Curves and bars, drawn as SVG, with their numbers in a table for those who cannot see them.
 */

import { el, svg, uniqueID } from "../page/dom.js";
import { number, percent } from "../page/format.js";

const WIDTH = 640;
const HEIGHT = 220;
const channelClasses = { r: "red", red: "red", g: "green", green: "green", b: "blue", blue: "blue" };

/**
 * Histograms: one area for each channel over the same values.
 *
 * @param {{ name: string, values: number[] }[]} curves
 */
export function makeChart(curves) {
  const peak = Math.max(...curves.map((curve) => curve.values.reduce((most, value) => Math.max(most, value), 0)), 1e-9);
  const length = curves[0].values.length;
  const title = uniqueID("chart");
  const drawing = svg(
    "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": title, preserveAspectRatio: "none", class: "chart" });
  const name = svg("title", { id: title });
  name.textContent = `Histogram of ${curves.map((curve) => curve.name).join(", ")}`;
  drawing.append(name);
  for (const part of [0.25, 0.5, 0.75]) drawing.append(svg("line", { x1: WIDTH * part, x2: WIDTH * part, y1: 0, y2: HEIGHT, class: "grid" }));
  for (const curve of curves) drawing.append(makeArea(curve, peak));
  const output = el("output.chart-readout", { "aria-live": "off" }, "Move over the chart to read values.");
  const cursor = svg("line", { y1: 0, y2: HEIGHT, x1: -1, x2: -1, class: "cursor" });
  drawing.append(cursor);
  drawing.addEventListener("pointermove", (event) => {
    const bounds = drawing.getBoundingClientRect();
    const bin = Math.min(length - 1, Math.max(0, Math.floor((event.clientX - bounds.left) / bounds.width * length)));
    cursor.setAttribute("x1", (bin + 0.5) / length * WIDTH);
    cursor.setAttribute("x2", (bin + 0.5) / length * WIDTH);
    output.textContent = `${bin}: ${curves.map((curve) => `${curve.name} ${number(curve.values[bin])}`).join(", ")}`;
  });
  return el("figure.chart-figure", {}, drawing, el("figcaption.chart-axis", {}, el("span", {}, "0"), output, el("span", {}, length - 1)), summary(curves));
}

function makeArea(curve, peak) {
  const length = curve.values.length;
  // Square roots keep small bins visible beside one that stands out.
  const points = curve.values.map((value, index) => `${((index + 0.5) / length * WIDTH).toFixed(1)},${(HEIGHT - 4 - Math.sqrt(Math.max(value, 0) / peak) * (HEIGHT - 12)).toFixed(1)}`);
  const path = `M0,${HEIGHT} L${points.join(" L")} L${WIDTH},${HEIGHT} Z`;
  return svg("path", { d: path, class: `area ${channelClasses[curve.name.toLowerCase()] ?? "grey"}` });
}

function summary(curves) {
  const rows = curves.map((curve) => {
    const sum = curve.values.reduce((before, value) => before + value, 0) || 1;
    const mean = curve.values.reduce((before, value, index) => before + value * index, 0) / sum;
    const most = curve.values.indexOf(Math.max(...curve.values));
    return el("tr", {}, el("th", { scope: "row" }, el("span.swatch", { class: channelClasses[curve.name.toLowerCase()] ?? "grey", "aria-hidden": "true" }), curve.name),
      el("td", {}, number(mean)), el("td", {}, most));
  });
  return el("table.facts", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Channel"), el("th", { scope: "col" }, "Mean"), el("th", { scope: "col" }, "Most frequent"))), el("tbody", {}, rows));
}

/**
 * Classes with their probabilities as bars.
 *
 * @param {{ label: string, score: number }[]} classes
 */
export function makeBars(classes) {
  const most = Math.max(...classes.map((one) => one.score), 1);
  return el("ol.bars", {}, [...classes].sort((left, right) => right.score - left.score).slice(0, 20).map((one) => el(
    // A colour is shown as itself.
    `li.bar${/^#[0-9a-f]{6}$/i.test(one.label) ? ".of-colour" : ""}`,
    { vars: { "--share": `${Math.max(one.score / most, 0) * 100}%`, "--colour": one.label } },
    el("span.bar-label", {}, one.label), el("span.bar-value", {}, one.score <= 1 ? percent(one.score) : number(one.score)),
    el("span.bar-track", { "aria-hidden": "true" }, el("span.bar-fill")))));
}
