// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * An answer with everything that there is to know about it.
 */

import { el, button, fill } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { flask } from "../page/flask.js";
import { bytes, count, duration } from "../page/format.js";
import { copyText } from "../page/announce.js";
import { extension, snippets } from "../calls/snippets.js";
import { showTiming } from "../calls/timing.js";
import { isSuccess } from "../calls/send.js";
import { makeBars, makeChart } from "./charts.js";
import { makeFacts, readFacts } from "./facts.js";
import { makePictures } from "./pictures.js";
import { makeTree } from "./tree.js";
import { Tabs } from "./tabs.js";

const statusNames = {
  200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
  404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict", 411: "Length Required", 413: "Content Too Large",
  415: "Unsupported Media Type", 422: "Unprocessable Content", 429: "Too Many Requests", 500: "Internal Server Error",
  502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
};

/** The part of the page with the answer. */
export class AnswerPanel {
  /** @param {{ onpicture: (address: string) => void }} listeners what happens to a picture of an answer that is taken */
  constructor({ onpicture }) {
    this.onpicture = onpicture;
    this.facts = el("div.answer-facts");
    this.timing = el("div.timing");
    this.problem = el("div");
    this.tabs = new Tabs("Views of the answer");
    this.tabs.element.hidden = true;
    this.empty = el("div.answer-empty", {}, flask(), el("p", {}, "The answer will be here."));
    this.element = el(
      "section.answer", { "aria-label": "Answer" }, this.facts, this.timing, this.problem, this.empty, this.tabs.element);
    this.language = "curl";
  }

  clear() {
    fill(this.facts);
    fill(this.timing);
    fill(this.problem);
    this.tabs.element.hidden = true;
    this.empty.hidden = false;
  }

  /**
   * @param {import("../calls/send.js").Answer} answer
   * @param {import("../calls/draft.js").Draft} draft
   * @param {{ reading: import("./read.js").Reading|null, findings: HTMLElement|null, problem: Node|null }} seen
   */
  show(answer, draft, { reading = null, findings = null, problem = null, takesPictures = false }) {
    this.empty.hidden = true;
    this.showFacts(answer, reading);
    showTiming(this.timing, answer.timing);
    fill(this.problem, problem);
    const tabs = [];
    const view = this.makeView(answer, draft, reading, findings, takesPictures);
    if (view) tabs.push({ name: "Result", make: () => view });
    if (answer.json !== undefined) tabs.push({ name: "JSON", make: () => this.makeJSON(answer) });
    tabs.push({ name: "Headers", make: () => makeHeaders(answer.headers) }, { name: "Code", make: () => this.makeCode(draft) });
    this.tabs.element.hidden = false;
    this.tabs.show(tabs);
  }

  showFacts(answer, reading) {
    const fact = (text, title) => el("span.fact", { title }, text);
    const name = answer.statusText || statusNames[answer.status] || "";
    fill(
      this.facts,
      el("span.status", { class: isSuccess(answer) ? "good" : answer.status >= 500 ? "bad" : "poor" }, `${answer.status} ${name}`.trim()),
      reading?.items.length ? fact(count(reading.items.length, "finding"), "In the picture") : null,
      fact(duration(answer.timing.total), "From the click to the last byte"),
      fact(bytes(answer.blob.size), "Size of the body"),
      answer.type ? fact(answer.type, "Media type") : null,
      answer.blob.size ? button("Save", { kind: "quiet small", onclick: () => save(answer.blob, `answer.${extension(answer.type)}`) }, icon("download")) : null);
  }

  makeView(answer, draft, reading, findings, takesPictures) {
    if (!isSuccess(answer)) return null;
    if (reading?.pictures) return makePictures(reading.pictures, draft.url, takesPictures ? this.onpicture : null);
    if (reading?.curves.length) return makeChart(reading.curves);
    // A few values that say something of the picture, such as a verdict, stand above what was found.
    const facts = takesPictures ? readFacts(answer.json) : [];
    if (findings) return facts.length ? [makeFacts(facts), findings] : findings;
    if (reading?.classes.length) return makeBars(reading.classes);
    if (answer.type.startsWith("image/")) return el("p.muted", {}, "The picture is shown above.");
    if (answer.json !== undefined) return facts.length ? makeFacts(facts) : null;
    if (answer.text) return makeText(answer.text);
    return el("p.muted", {}, answer.blob.size ? "These bytes are not text: save them to a file." : "The answer has no body.");
  }

  makeJSON(answer) {
    const text = JSON.stringify(answer.json, null, 2);
    return [
      el("div.row.end", {}, button("Copy JSON", { kind: "quiet small", onclick: () => copyText(text, "JSON") }, icon("copy"))),
      makeTree(answer.json),
    ];
  }

  makeCode(draft) {
    const code = el("pre.code", { tabindex: "0", "aria-label": "The call as code" });
    const choose = (language) => { this.language = language; code.textContent = snippets[language](draft); };
    const select = el("select", { "aria-label": "Language", onchange: () => choose(select.value) },
      Object.keys(snippets).map((language) => el("option", { value: language, selected: language === this.language }, language)));
    choose(this.language);
    return [el("div.row", {}, select, button("Copy", { kind: "quiet small", onclick: () => copyText(code.textContent, "Code") }, icon("copy"))), code];
  }
}

function makeText(text) {
  return el("div", {}, el("div.row.end", {}, button("Copy text", { kind: "quiet small", onclick: () => copyText(text, "Text") }, icon("copy"))),
    el("pre.text", { tabindex: "0", "aria-label": "Text of the answer" }, text.slice(0, 200_000)));
}

function makeHeaders(headers) {
  return el("table.facts.headers", {},
    el("thead.visually-hidden", {}, el("tr", {}, el("th", { scope: "col" }, "Name"), el("th", { scope: "col" }, "Value"))),
    el("tbody", {}, headers.map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value)))));
}

/** Saves bytes to a file of the user. */
export function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
