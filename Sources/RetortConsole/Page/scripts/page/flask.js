// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The retort: a bulb with a long bent neck, half full.
 */

import { svg } from "./dom.js";

export function flask(kind = "") {
  return svg(
    "svg", { class: `flask ${kind}`, viewBox: "0 0 64 64", width: 64, height: 64, "aria-hidden": "true", focusable: "false" },
    svg("path", { class: "flask-liquid", d: "M8.3 40.5C11 43 15.500 43.500 20 41.800S30.500 38.500 37.700 40.600A15 15 0 0 1 8.300 40.500z" }),
    svg("path", { class: "flask-glass", d: "M21.500 22.200C25 13.500 33 9.500 41.500 13.500C50 17.500 54 28 58.500 43.500L55 44.600C51 32.500 46.500 23.500 40 20.800C36 19.200 33.500 21.500 33.700 25.600A15 15 0 1 1 21.500 22.200z" }),
    svg("path", { class: "flask-drop", d: "M57.500 49.500c1.700 2.500 2.500 3.800 2.500 5a2.500 2.500 0 0 1-5 0c0-1.200.800-2.500 2.500-5z" }));
}
