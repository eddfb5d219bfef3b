// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes a call and shows what came of it.
 */

import { announce } from "./announce.js";
import { count, duration } from "./format.js";
import { el, fill } from "./dom.js";
import { makeProblem, readProblem } from "../answers/problem.js";
import { read } from "../answers/read.js";
import { isSuccess, readAnswer, send } from "../calls/send.js";
import { bodyFor } from "../calls/draft.js";
import { readMotion } from "../calls/motion.js";
import { isMotion, isStreaming, readStream } from "../calls/stream.js";

/** What runs calls for a workbench. */
export class Caller {
  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    this.last = null;
  }

  /** @param {{ signal: AbortSignal, isQuiet: boolean, isLasting: boolean }} how `isLasting`: whether the history keeps it */
  async call({ signal, isQuiet, isLasting }) {
    const { bench } = this;
    const { operation, bar } = bench;
    let draft;
    bar.begin();
    bench.element.setAttribute("aria-busy", "true");
    try {
      draft = bench.draft();
      if (isMotion(operation, bench.answer.chosen)) { await this.showMotion(draft, signal); return; }
      if (isStreaming(operation, bench.answer.chosen)) { await this.stream(draft, signal); return; }
      const answer = await send(draft, { signal, onprogress: (progress) => bar.advance(progress) });
      if (signal.aborted) return;
      const text = await this.show(answer, draft, isQuiet);
      if (isSuccess(answer)) bar.end();
      else bar.end(`${answer.status}: ${text}`, true);
      if (isLasting) this.remember(answer, text);
    } catch (error) {
      if (signal.aborted || error.name === "AbortError") return;
      bar.end(error.message, true);
      fill(bench.panel.problem, makeProblem({ title: "The call failed", detail: error.message, fields: [], retry: "" }, () => false));
    } finally {
      if (!signal.aborted) bench.element.removeAttribute("aria-busy");
    }
  }

  /** Shows an answer in all its parts. @returns {Promise<string>} what came of it, in a few words */
  async show(answer, draft, isQuiet = true) {
    const { bench } = this;
    this.last = { answer, draft };
    bench.form.clearErrors();
    if (!isSuccess(answer)) {
      const problem = readProblem(answer);
      const node = makeProblem(problem, (field, message) => bench.form.showError(field, message));
      bench.panel.show(answer, draft, { problem: node });
      if (!isQuiet) bench.form.focusFirstError();
      return problem.detail || problem.title;
    }
    return this.showSuccess(answer, draft);
  }

  async showSuccess(answer, draft) {
    const { stage, panel, tray, operation, findings } = this.bench;
    const reading = answer.json === undefined ? null : this.readFor(answer.json);
    const hasPlaces = reading && (reading.items.length > 0 || ["detections", "contours", "keypoints"].includes(operation.kind));
    let list = null;
    if (operation.picture) {
      await stage.setResult(answer.type.startsWith("image/") ? answer.blob : null);
      if (hasPlaces) list = findings.show(reading, tray.current ?? { image: null, width: 0, height: 0 });
      else stage.clearFindings();
    } else if (answer.type.startsWith("image/")) list = this.makePicture(answer.blob);
    panel.show(answer, draft, { reading, findings: list, takesPictures: operation.takesPictureFile });
    const found = hasPlaces ? count(reading.items.length, "finding")
      : reading?.pictures ? count(reading.pictures.length, "picture") : reading?.classes[0]?.label ?? answer.type;
    stage.setNote(`${hasPlaces ? `${found}, ` : ""}${duration(answer.timing.total)}`);
    announce(`${found}, ${duration(answer.timing.total)}`);
    return found;
  }

  /** The part of an answer that belongs to the picture that is shown, where there are several. */
  readFor(json) {
    const { pictures, tray, operation } = this.bench;
    const lists = [json, json?.results, json?.images, json?.pictures].filter(Array.isArray);
    const fitting = pictures.length > 1 && lists.find((list) => list.length === pictures.length && list.every((one) => typeof one === "object"));
    if (fitting) return read(fitting[tray.index], operation.kind);
    // A box for each picture, such as the faces that were compared.
    const isPaired = pictures.length > 1 && Array.isArray(json?.boxes) && json.boxes.length === pictures.length;
    return read(isPaired ? { ...json, boxes: [json.boxes[tray.index]] } : json, operation.kind);
  }

  /** Shows the last answer with another of several pictures. */
  showAgain() {
    if (this.last && isSuccess(this.last.answer)) this.showSuccess(this.last.answer, this.last.draft);
  }

  makePicture(blob) {
    const image = el("img.answer-picture", { src: URL.createObjectURL(blob), alt: "Picture that the server made" });
    return el("figure.answer-figure", {}, image);
  }

  /** Shows pictures one after another: an address in an `<img>`, and what answers a body frame by frame. */
  async showMotion(draft, signal) {
    const { panel, bar } = this.bench;
    const image = el("img.answer-picture", { alt: "Pictures of the server, one after another" });
    const show = () => { fill(panel.problem, el("figure.answer-figure", {}, image)); panel.empty.hidden = true; };
    if (!draft.body) { image.src = draft.url; show(); bar.end(); return; }
    const response = await this.open(draft, signal);
    if (!response) return;
    show();
    let frames = 0;
    await readMotion(response, (frame) => {
      const before = image.src;
      image.src = URL.createObjectURL(frame);
      if (before) URL.revokeObjectURL(before);
      frames += 1;
      bar.status.textContent = count(frames, "frame");
    });
    bar.end(`${count(frames, "frame")}, and the end.`);
  }

  /** Sends a request whose answer goes on. @returns {Promise<Response|null>} null where an error was answered and shown */
  async open(draft, signal) {
    const start = performance.now();
    const response = await fetch(draft.url, { method: draft.method, headers: draft.headers, body: bodyFor(draft), signal });
    if (response.ok) return response;
    const answer = await readAnswer(response.status, response.statusText, [...response.headers], await response.blob(), performance.now() - start);
    this.bench.bar.end(`${answer.status}: ${await this.show(answer, draft, false)}`, true);
    return null;
  }

  async stream(draft, signal) {
    const { panel, bar } = this.bench;
    const start = performance.now();
    const response = await this.open(draft, signal);
    if (!response) return;
    const log = el("ol.event-log", { "aria-label": "Events", "aria-live": "polite" });
    const answer = await readAnswer(response.status, response.statusText, [...response.headers], new Blob(), performance.now() - start);
    panel.show(answer, draft, { findings: log });
    let amount = 0;
    let result = null;
    await readStream(response, ({ event, data }) => {
      amount += 1;
      log.prepend(el("li", {}, el("time", {}, new Date().toLocaleTimeString()), event && event !== "message" ? el("strong", {}, event) : null, el("code", {}, data)));
      while (log.children.length > 300) log.lastChild.remove();
      if (event === "result") result = data;
      const share = event === "progress" ? shareOf(data) : null;
      if (share !== null) bar.advance({ phase: "receiving", share });
      bar.status.textContent = count(amount, "event");
    });
    bar.end("The stream has ended.");
    // What long work ends with is an answer like any other.
    if (result !== null) {
      const blob = new Blob([result], { type: "application/json" });
      const headers = answer.headers.filter(([name]) => name.toLowerCase() !== "content-type");
      headers.push(["content-type", "application/json"]);
      await this.show(await readAnswer(answer.status, answer.statusText, headers, blob, performance.now() - start), draft);
    }
  }

  remember(answer, summary) {
    const { bench } = this;
    bench.history.add({
      operation: bench.operation.id, title: bench.operation.name, values: bench.form.values(), answer: bench.answer.isChosen ? bench.answer.chosen?.value ?? null : null,
      status: answer.status, time: answer.timing.total, summary, at: Date.now(),
      thumbnail: bench.pictures[0]?.thumbnail() ?? null, addresses: bench.pictures.map((picture) => picture.address).filter(Boolean),
    }, [...bench.pictures]);
  }
}

/** How far the work of a `progress` event is: `{"done": 1, "total": 3}`; null where it does not say. */
function shareOf(data) {
  try {
    const { done, total } = JSON.parse(data);
    return total > 0 ? done / total : null;
  } catch {
    return null;
  }
}
