// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Pictures that an answer names, with how similar they are.
 */

import { el } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { percent } from "../page/format.js";

/**
 * @param {{ id: string, name: string, similarity: number|null, source: string|null }[]} pictures
 * @param {string} base the address of the call, to which those of pictures are relative
 * @param {((address: string) => void)|null} onuse takes a picture for the next call; null where there is no use for it
 */
export function makePictures(pictures, base, onuse) {
  if (!pictures.length) return el("p.muted", {}, "There is no such picture.");
  return el("ol.picture-grid", { "aria-label": "Pictures" }, pictures.map((picture) => el("li", {}, makeCard(picture, base, onuse))));
}

function makeCard(picture, base, onuse) {
  const address = picture.source ? ownAddress(picture.source, base) : null;
  const parts = [
    address ? el("img", { src: address, alt: "", loading: "lazy", decoding: "async" }) : el("span.picture-blank", {}, icon("picture")),
    el("span.picture-text", {}, el("strong", {}, picture.name), picture.similarity === null ? null : el("span.score", {}, percent(picture.similarity))),
    picture.similarity === null ? null : el("span.bar-track", { "aria-hidden": "true" }, el("span.bar-fill", { vars: { "--share": `${Math.max(0, picture.similarity) * 100}%` } })),
  ];
  if (!onuse || !address) return el("div.picture-card", {}, parts);
  return el("button.picture-card", { type: "button", title: `Go on with ${picture.name}`, onclick: () => onuse(address) }, parts);
}

/** The page shows pictures of its own site alone. */
function ownAddress(source, base) {
  if (source.startsWith("data:image/")) return source;
  try {
    const url = new URL(source, base);
    return url.origin === location.origin ? url.href : null;
  } catch {
    return null;
  }
}

/** Reads the list of an answer. */
export function readPictures(list) {
  return list.filter((one) => typeof one === "object" && one !== null).map((one, index) => ({
    id: String(one.id ?? index), name: String(one.name ?? one.label ?? `Picture ${one.id ?? index + 1}`),
    similarity: typeof one.similarity === "number" ? one.similarity : typeof one.score === "number" ? one.score : null,
    source: [one.thumbnail, one.url, one.image].find((value) => typeof value === "string") ?? null,
  }));
}
