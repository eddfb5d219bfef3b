// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an operation is: its name, its path, what its documentation says.
 */

import { el, button } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @param {import("../document/operation.js").Operation} operation
 * @param {import("../document/operation.js").Operation|null} sibling one of the same path that takes a file
 * @param {import("../document/operation.js").Operation|null} folded one of the same path that takes an address alone
 * @param {(other: object) => void} onopen
 */
export function makeHead(operation, sibling, folded, onopen) {
  const isByAddress = operation.picture && !operation.takesPictureFile;
  return [
    el("div.operation-title", {}, el("h1", { tabindex: "-1" }, operation.name), operation.isDeprecated ? el("span.badge", {}, "deprecated") : null),
    el("p.operation-line", {}, el("span.method", { class: operation.method.toLowerCase() }, operation.isWebSocket ? "WebSocket" : operation.method), " ", el("code", {}, breakable(operation.path)),
      folded ? el("span.muted", {}, ` · also ${folded.method} with ?${folded.picture.url}=`) : null),
    operation.description ? el("div.description", {}, paragraphs(operation.description)) : null,
    isByAddress && sibling ? el("p.hint", {}, "To send a photograph of your own, use the operation that takes files. ",
      button(`Open ${sibling.method} ${sibling.path}`, { kind: "small", onclick: () => onopen(sibling) }, icon("picture"))) : null,
  ];
}

// Long paths may break behind a slash.
function breakable(path) { return path.split(/(?<=\/)/).flatMap((part, index) => index ? [el("wbr"), part] : [part]); }

/** The little of CommonMark that descriptions use: paragraphs, lists and `code`; the rest stays text. */
export function paragraphs(text) {
  return text.trim().split(/\n\s*\n/).map((block) => {
    const lines = block.split("\n");
    if (lines.every((line) => /^\s*[-*] /.test(line))) return el("ul", {}, lines.map((line) => el("li", {}, inline(line.replace(/^\s*[-*] /, "")))));
    return el("p", {}, inline(lines.join(" ")));
  });
}

function inline(text) { return text.split(/(`[^`]+`)/).map((part) => part.startsWith("`") && part.length > 2 ? el("code", {}, part.slice(1, -1)) : part); }
