// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the app has said about its console, from the head of the page: no script stands in the page itself.
 */

/**
 * @typedef {object} Example a picture that the app offers
 * @property {string} name
 * @property {string} url
 *
 * @typedef {object} Config
 * @property {string} title
 * @property {string} document where the OpenAPI document is
 * @property {string|null} start the operation that is shown first
 * @property {Example[]} examples
 */

/** @returns {Config} */
export function readConfig() {
  const meta = document.querySelector('meta[name="retort-console"]');
  const given = JSON.parse(meta?.content || "{}");
  return {
    title: given.title ?? "Console",
    document: given.document ?? "/openapi.json",
    start: given.start ?? null,
    examples: Array.isArray(given.examples) ? given.examples : [],
  };
}
