// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The list of operations, by tag, with a search.
 */

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

/** The list. */
export class OperationList {
  /**
   * @param {import("../document/document.js").ApiDocument} api
   * @param {(operation: import("../document/operation.js").Operation) => void} onopen
   */
  constructor(api, onopen) {
    this.api = api;
    this.onopen = onopen;
    this.current = null;
    this.search = el("input.search", {
      type: "search", placeholder: "Search", "aria-label": "Search operations", autocomplete: "off", spellcheck: "false",
      oninput: () => this.show(), onkeydown: (event) => this.key(event),
    });
    this.groups = el("div.operation-groups");
    this.element = el("nav.operations", { "aria-label": "Operations" },
      el("div.search-box", {}, icon("search"), this.search, el("kbd", { "aria-hidden": "true" }, "/")), this.groups);
    this.show();
  }

  /** Whether an operation is listed: with all words of the search, and not folded into another unless that is asked for. */
  matches(operation) {
    if (!this.search.value.trim() && operation !== this.current && this.api.isFolded(operation)) return false;
    const text = `${operation.method} ${operation.path} ${operation.summary} ${operation.tags.join(" ")} ${operation.id}`.toLowerCase();
    return this.search.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
  }

  show() {
    this.links = [];
    const sections = [];
    for (const [tag, operations] of this.api.groups) {
      const fitting = operations.filter((one) => this.matches(one));
      if (!fitting.length) continue;
      const title = tag || (this.api.groups.size > 1 ? "other" : "");
      sections.push(el("section.operation-group", {}, title ? el("h2", {}, title) : null, el("ul", {}, fitting.map((one) => this.makeLink(one)))));
    }
    fill(this.groups, sections.length ? sections : el("p.muted", { role: "status" }, "No operation has these words."));
    this.point();
  }

  makeLink(operation) {
    const link = el("a.operation-link", {
      href: `#${encodeURIComponent(operation.id)}`, class: operation.isDeprecated ? "deprecated" : "",
      onclick: (event) => { event.preventDefault(); this.onopen(operation); },
    },
    el("span.method", { class: operation.method.toLowerCase() }, operation.isWebSocket ? "WS" : operation.method === "DELETE" ? "DEL" : operation.method),
    el("span.operation-text", {}, el("span.operation-name", {}, operation.name),
      operation.summary ? el("span.operation-path", {}, operation.path) : null),
    operation.picture ? icon("picture") : null);
    this.links.push({ operation, link });
    return el("li", {}, link);
  }

  key(event) {
    if (event.key === "ArrowDown" && this.links.length) { event.preventDefault(); this.links[0].link.focus(); }
    if (event.key === "Enter" && this.links.length) this.onopen(this.links[0].operation);
    if (event.key === "Escape" && this.search.value) { event.stopPropagation(); this.search.value = ""; this.show(); }
  }

  mark(operation) {
    const before = this.current;
    this.current = operation;
    // A folded one that was opened by its address has a line while it is open.
    if ([before, operation].some((one) => one && this.api.isFolded(one))) this.show();
    else this.point();
  }

  /** Shows in the list which operation is open. */
  point() {
    for (const { operation, link } of this.links) {
      if (operation === this.current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  /** Goes to the next or the previous operation. */
  step(sign) {
    const operations = this.api.listed;
    const at = operations.indexOf(operations.includes(this.current) ? this.current : this.api.siblingWithFile(this.current));
    this.onopen(operations[(at + sign + operations.length) % operations.length]);
  }
}
