// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The page of one operation: picture, form and answer side by side, and what happens between them.
 */

import { el, button, fill } from "./dom.js";
import { icon } from "./icons.js";
import { announce, toast } from "./announce.js";
import { readLink, typedValues, writeLink } from "./link.js";
import { makeAnswerChoice } from "./answer-choice.js";
import { makeHead } from "./head.js";
import { RunBar } from "./runbar.js";
import { makeSocketPanel } from "./socket.js";
import { AnswerPanel } from "../answers/panel.js";
import { Findings } from "../answers/findings.js";
import { OperationForm } from "../form/form.js";
import { Gallery } from "../picture/gallery.js";
import { Picture } from "../picture/picture.js";
import { Stage } from "../picture/stage.js";
import { PictureTray } from "../picture/tray.js";
import { Latest } from "../calls/latest.js";
import { credentialsFor, makeCredentials } from "../calls/credentials.js";
import { makeDraft } from "../calls/draft.js";
import { Caller } from "./caller.js";
import { LiveView } from "./live-view.js";

const hasMouse = matchMedia("(pointer: fine)");

function invitationText(operation) {
  if (!operation.takesPictureFile) return "This operation fetches its picture itself: give it an address";
  return hasMouse.matches ? "anywhere on this page, paste one, or click to choose" : "from this device, or take one with the camera";
}

/** The workbench. */
export class Workbench {
  /**
   * @param {{ api: import("../document/document.js").ApiDocument, config: import("./config.js").Config,
   *   history: import("../calls/history.js").History, onopen: (operation: object) => void }} parts
   */
  constructor({ api, config, history, onopen }) {
    Object.assign(this, { api, history, onopen });
    this.latest = new Latest(140);
    this.findings = new Findings();
    this.tray = new PictureTray(() => this.picturesChanged());
    this.gallery = new Gallery(config.examples, (pictures, values) => this.takeExample(pictures, values));
    this.stage = new Stage({
      ...this.findings.listeners, onreuse: (blob, name) => this.tray.take(Promise.resolve([Picture.fromFile(new File([blob], name, { type: blob.type }))])),
    }, this.tray.element, this.gallery.element);
    this.findings.attach(this.stage);
    this.panel = new AnswerPanel({ onpicture: (address) => this.tray.take(Picture.fromAddress(address).then((picture) => [picture])) });
    this.bar = new RunBar({ onrun: () => this.run(), oncancel: () => this.cancel(), onreset: () => this.reset() });
    this.caller = new Caller(this);
    this.live = new LiveView(this);
    this.tray.live.addEventListener("click", () => this.live.toggle());
    this.head = el("header.operation-head");
    this.settings = el("form.settings", { novalidate: true, "aria-label": "Settings", onsubmit: (event) => { event.preventDefault(); this.run(); } });
    this.main = el("div.bench-main");
    this.element = el("div.workbench", {}, this.head, this.main, this.settings);
  }

  /** The pictures that go with a call. */
  get pictures() { return this.operation.picture ? this.tray.pictures : []; }

  /**
   * Opens an operation.
   *
   * @param {import("../document/operation.js").Operation} operation
   * @param {{ values?: object, answer?: string|null, runs?: boolean }} options
   */
  open(operation, { values = {}, answer = null, runs = true } = {}) {
    this.cancel();
    this.live.stop();
    this.socket?.close();
    this.socket = null;
    this.operation = operation;
    this.form = new OperationForm(operation, (settled) => this.changed(settled));
    this.answer = makeAnswerChoice(operation, answer, () => this.changed(true));
    this.findings.reset();
    this.panel.clear();
    this.bar.end();
    this.tray.serve(operation);
    this.gallery.serve(operation);
    this.tray.live.hidden = !this.live.isPossible;
    // A call that makes something is not made by accident.
    this.bar.auto.checked = Boolean(operation.picture) || operation.method === "GET";
    this.bar.run.lastElementChild.textContent = "Run";
    this.element.classList.toggle("with-picture", Boolean(operation.picture) || this.live.isPossible);
    fill(this.head, makeHead(
      operation, this.api.siblingWithFile(operation), this.api.foldedInto(operation), (other) => this.onopen(other)));
    this.layOut();
    const link = readLink();
    this.form.write({ ...(link?.id === operation.id ? typedValues(this.form, link.values) : {}), ...values });
    const { points, box } = this.form.placeFields;
    this.stage.places.serve(points, box);
    this.showPicture();
    writeLink(operation, this.form.values());
    if (runs && operation.picture && this.tray.pictures.length && !this.tray.problem()) {
      if (this.form.lacksPlaces) this.invitePlaces();
      else this.run({ isQuiet: true });
    }
  }

  layOut() {
    const { operation } = this;
    if (operation.isWebSocket && !operation.isLive) this.socket = makeSocketPanel(() => this.draft().url);
    const isSocket = operation.isWebSocket;
    fill(
      this.main, operation.picture || this.live.isPossible ? this.stage.element : this.gallery.element,
      this.socket?.element ?? this.panel.element);
    if (operation.picture || this.live.isPossible) this.stage.ways.append(this.gallery.element);
    const credentials = makeCredentials(this.api, operation);
    const fields = this.form.isEmpty && !this.answer.element ? el("p.muted", {}, operation.picture ? "Nothing to set here." : "This operation has no parameters.") : this.form.element;
    this.element.classList.toggle("formless", isSocket && this.form.isEmpty && !credentials);
    this.excess = el("div");
    fill(this.settings, el("h2.visually-hidden", {}, "Settings"), credentials, this.answer.element, fields, this.excess, isSocket ? null : this.bar.element);
  }

  /** A request out of what is filled in now. */
  draft(pictures = this.pictures) {
    return makeDraft(this.api, this.operation, this.form.read(), {
      pictures, answer: this.answer.chosen, answerIsChosen: this.answer.isChosen, credentials: credentialsFor(this.api, this.operation),
    });
  }

  // MARK: What people do

  changed(settled) {
    writeLink(this.operation, this.form.values());
    this.showPlaces();
    if (this.form.lacksPlaces && this.tray.pictures.length) { this.invitePlaces(); return; }
    if (this.live.isRunning || !this.bar.auto.checked) return;
    if (this.operation.picture && !this.tray.pictures.length) return;
    if (!this.isWorthRunning()) return;
    // While a slider moves, calls follow each other; the last one counts.
    this.latest.soon((signal) => this.caller.call({ signal, isQuiet: true, isLasting: settled }));
  }

  isWorthRunning() {
    return [...this.form.fields()].every((field) => !field.spec.required || field.read() !== undefined);
  }

  /** Shows the places of the form over the picture. */
  showPlaces() { this.stage.places.show({ width: this.tray.current?.width ?? 0, height: this.tray.current?.height ?? 0 }); }

  /** Asks for a click in the picture. */
  invitePlaces() {
    this.latest.cancel();
    this.stage.clearFindings();
    this.panel.clear();
    const text = hasMouse.matches ? "Click at what you want in the picture." : "Tap what you want in the picture.";
    this.stage.setNote(text);
    this.bar.end(text);
  }

  picturesChanged() {
    this.live.stop();
    // Places lie in the picture that was there; those of a link or an example came with the new one.
    const isReplaced = this.shown && this.shown !== this.tray.current;
    if (this.operation?.places && isReplaced && !this.takesExample) this.form.clearPlaces();
    this.takesExample = false;
    this.showPicture();
    if (!this.operation?.picture || !this.tray.pictures.length) return;
    const problem = this.tray.problem();
    if (problem) { this.bar.end(problem, true); return; }
    if (this.showExcess()) return;
    if (this.form.lacksPlaces) { this.invitePlaces(); return; }
    this.run({ isQuiet: true });
  }

  /** Offers a smaller copy of pictures that are larger than the operation takes. @returns {boolean} whether they are */
  showExcess() {
    const isTooMuch = this.tray.excess() > 0;
    fill(this.excess, isTooMuch ? el("div.problem", { role: "alert" }, icon("alert"), el("div", {},
      el("p", {}, `The picture is larger than this operation takes (${Math.round(this.operation.bodyLimit / 1e5) / 10} MB).`),
      button("Send a smaller copy", { onclick: () => this.tray.makeSmaller() }))) : null);
    return isTooMuch;
  }

  showPicture() {
    const { tray, stage, operation } = this;
    if (!operation) return;
    const many = operation.picture?.many;
    stage.invite(
      `${hasMouse.matches ? "Drop" : "Choose"} ${many ? "photographs" : "a photograph"}`, invitationText(operation),
      () => operation.takesPictureFile ? tray.choose() : tray.toggleAddress());
    stage.setPicture(tray.current);
    this.shown = tray.current;
    this.showPlaces();
    stage.showStrip(tray.pictures, tray.current, {
      onchoose: (index) => { tray.index = index; this.showPicture(); this.caller.showAgain(); },
      onremove: (index) => tray.remove(index),
    });
  }

  takeExample(pictures, values) {
    this.form.reset();
    this.form.write(values);
    this.takesExample = Boolean(pictures);
    if (pictures) { if (this.operation.picture?.many) this.tray.pictures = []; this.tray.take(pictures); } else this.changed(true);
  }

  reset() {
    this.form.reset();
    this.answer.reset();
    this.changed(true);
    announce("All fields have their defaults.");
  }

  /** Runs the operation. */
  run({ isQuiet = false } = {}) {
    if (!this.operation || this.operation.isWebSocket) return;
    const isFine = this.form.check();
    const problem = this.tray.problem();
    if (problem) { this.bar.end(problem, true); if (!isQuiet) toast(problem, "problem"); return; }
    if (this.form.lacksPlaces) { this.invitePlaces(); return; }
    if (!isFine) {
      this.bar.end("Some fields need attention.", true);
      if (!isQuiet) this.form.focusFirstError();
      return;
    }
    this.latest.now((signal) => this.caller.call({ signal, isQuiet, isLasting: true }));
  }

  cancel() {
    if (this.latest.cancel()) {
      this.bar.end("Cancelled.");
      announce("Cancelled.");
    }
  }

  /** Makes a call of the history again. */
  async again(call, pictures) {
    const operation = this.api.operations.find((one) => one.id === call.operation);
    if (!operation) return;
    if (pictures?.length) { this.tray.pictures = pictures; this.tray.index = 0; }
    else if (call.addresses.length) {
      this.tray.pictures = await Promise.all(call.addresses.map((address) => Picture.fromAddress(address)));
      await Promise.all(this.tray.pictures.map((picture) => picture.load()));
    }
    this.onopen(operation, { values: call.values, answer: call.answer, runs: false });
    this.run();
  }
}
