// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The icons of the page, drawn on a grid of 20 × 20 with lines of one width.
 */

import { svg } from "./dom.js";

const paths = {
  alert: "M10 3 18 17H2zM10 8v4M10 14.6v.1",
  boxes: "M3 5V3h3M14 3h3v2M17 15v2h-3M6 17H3v-2M6.5 7.5h7v5h-7z",
  camera: "M3 6.5h3l1.5-2h5l1.5 2h3v9H3zM10 13.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5z",
  check: "M4 10.5 8 14.5 16 5.5",
  chevron: "M7.5 5 12.5 10 7.5 15",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.8 2",
  close: "M5 5l10 10M15 5 5 15",
  code: "M7 6 3 10l4 4M13 6l4 4-4 4",
  copy: "M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4",
  download: "M10 3v9M6.5 9 10 12.5 13.5 9M3.5 16.5h13",
  drop: "M10 13V4M6.5 7.5 10 4l3.5 3.5M3.5 12v4.5h13V12",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  file: "M5 2.5h6l4 4v11H5zM11 2.5v4h4",
  history: "M3.5 10a6.5 6.5 0 1 0 2-4.7M3 3.5v3.3h3.3M10 6.5V10l2.5 1.8",
  keyboard: "M2.5 5.5h15v9h-15zM5.5 8.5h.1M8.5 8.5h.1M11.5 8.5h.1M14.5 8.5h.1M6.5 11.5h7",
  link: "M8.5 11.5a3 3 0 0 0 4.2 0l2.8-2.8a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-2.8 2.8a3 3 0 0 0 4.2 4.2l1-1",
  live: "M10 11.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM6.5 13.5a5 5 0 0 1 0-7M13.5 6.5a5 5 0 0 1 0 7M4 16a8.5 8.5 0 0 1 0-12M16 4a8.5 8.5 0 0 1 0 12",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  menu: "M3 6h14M3 10h14M3 14h14",
  minus: "M5 10h10",
  moon: "M16 11.5A6.5 6.5 0 0 1 8.5 4 6.5 6.5 0 1 0 16 11.5z",
  paste: "M7 4H4.5v13h11V4H13M7 2.8h6v3H7zM7.5 9.5h5M7.5 12.5h5",
  picture: "M3 4h14v12H3zM3 13.5l4-4 3.5 3.5 2.5-2 4 3.5M12.8 8.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4z",
  play: "M6 4.5v11l9-5.5z",
  plus: "M10 5v10M5 10h10",
  reset: "M4 8h8.5a3.5 3.5 0 0 1 0 7H8M7 5 4 8l3 3",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4",
  stop: "M5.5 5.5h9v9h-9z",
  sun: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1",
  auto: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 3v14M10 6.5h4.5M10 10h6.5M10 13.5h4.5",
  trash: "M4 5.5h12M8 5.5v-2h4v2M5.5 5.5l.7 11.5h7.6l.7-11.5M8.5 8.5v5.5M11.5 8.5v5.5",
  reuse: "M4 12.5V7h9M10 3.8 13.2 7 10 10.2M16 7.5V13H7M10 16.2 6.8 13 10 9.8",
};

/**
 * An icon, which screen readers pass over.
 *
 * @param {keyof typeof paths} name
 * @returns {SVGElement}
 */
export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: paths[name] ?? "" }));
}
