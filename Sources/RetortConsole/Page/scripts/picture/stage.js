// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The place where the picture is: empty with an invitation, or the picture with what was found and what was made of it.
 */

import { el, button, fill } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { makeSegments } from "../form/choice.js";
import { Overlay } from "../answers/overlay.js";
import { save } from "../answers/panel.js";
import { extension } from "../calls/snippets.js";
import { flask } from "../page/flask.js";
import { PlacesLayer } from "./places.js";

const views = { slider: "Compare", sides: "Both", result: "Result", original: "Original" };

/** The stage. */
export class Stage {
  /**
   * @param {{ onhover: (index: number|null) => void, onchoose: (index: number|null) => void, onreuse: (blob: Blob, name: string) => void }} listeners
   * @param {Node} sources the buttons by which a picture gets here
   * @param {Node} gallery
   */
  constructor(listeners, sources, gallery) {
    this.listeners = listeners;
    this.view = "slider";
    this.zoom = 1;
    this.result = null;
    this.picture = null;
    this.note = "";
    this.original = el("img.original", { alt: "" });
    this.made = el("img.made", { alt: "Picture that the server made", hidden: true });
    this.canvas = el("canvas.overlay", { "aria-hidden": "true", hidden: true });
    this.split = el("input.split", {
      type: "range", min: 0, max: 100, value: 50, step: 1, hidden: true, "aria-label": "Boundary between original and result",
      oninput: () => this.moveSplit(),
    });
    this.overlay = new Overlay(this.canvas, listeners);
    this.places = new PlacesLayer();
    this.box = el("div.viewer-box", {}, this.original, this.made, this.canvas, el("div.split-line", { "aria-hidden": "true" }), this.split, this.places.element);
    this.second = el("img.second", { alt: "Picture that the server made", hidden: true });
    this.viewer = el("div.viewer", { hidden: true }, this.box, this.second);
    this.unseen = el("p.unseen", { hidden: true });
    this.caption = el("p.picture-caption");
    this.strip = el("div.filmstrip", { hidden: true, role: "group", "aria-label": "Pictures" });
    this.invitation = el("div.invitation");
    this.ways = el("div.stage-ways", {}, el("div.sources", {}, sources), gallery);
    this.bar = el("div.stage-bar", { hidden: true });
    this.tools = el("div.stage-tools");
    fill(this.bar, this.caption, this.tools);
    this.frame = el("div.stage-frame", {}, this.invitation, this.viewer, this.unseen);
    this.element = el("section.stage", { "aria-label": "Picture" }, this.frame, this.places.bar, this.bar, this.strip, this.ways);
    this.box.addEventListener("pointerdown", (event) => this.grab(event));
    this.frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey || !this.picture) return;
      event.preventDefault();
      this.setZoom(this.zoom * (event.deltaY < 0 ? 1.15 : 1 / 1.15));
    }, { passive: false });
  }

  /** Shows the invitation to bring a picture. */
  invite(title, sentence, onclick) {
    fill(this.invitation, el("button.invitation-button", { type: "button", onclick, "aria-label": `${title}. ${sentence}` },
      flask("flask-large"), el("span.invitation-title", {}, title), el("span.invitation-text", {}, sentence)));
  }

  /** @param {import("./picture.js").Picture|null} picture */
  setPicture(picture) {
    this.picture = picture;
    this.note = "";
    this.element.classList.toggle("has-picture", Boolean(picture));
    this.invitation.hidden = Boolean(picture);
    this.bar.hidden = !picture;
    this.viewer.hidden = !picture?.image;
    this.unseen.hidden = !picture || Boolean(picture.image);
    this.unseen.textContent = !picture ? "" : picture.source
      ? `${picture.name}: the browser cannot show this format. The server may know it.`
      : `${picture.address} is fetched by the server; this page shows pictures of its own site alone.`;
    if (picture?.image) this.original.src = picture.source;
    this.original.alt = picture ? `The picture ${picture.name}` : "";
    this.setResult(null);
    this.clearFindings();
    this.setSize(picture?.width || 640, picture?.height || 480);
    this.setZoom(1);
  }

  setSize(width, height) {
    for (const [name, value] of [["--ratio", width / height], ["--pixels", `${width}px`]]) this.viewer.style.setProperty(name, value);
  }

  setZoom(zoom) {
    this.zoom = Math.min(8, Math.max(1, zoom));
    this.viewer.style.setProperty("--zoom", this.zoom);
    this.viewer.classList.toggle("zoomed", this.zoom > 1);
  }

  /** Draws findings, on an empty ground where the picture itself cannot be shown. */
  showFindings(items, size, palette, isVisible) {
    const known = { width: size.width || this.picture?.width, height: size.height || this.picture?.height };
    if (!known.width || !known.height) return;
    this.viewer.hidden = false;
    const isBlank = !this.picture?.image && !this.video;
    this.viewer.classList.toggle("blank", isBlank);
    if (isBlank) this.setSize(known.width, known.height);
    this.canvas.hidden = false;
    this.overlay.isVisible = isVisible;
    this.overlay.show(items, known, palette);
    this.showTools();
  }

  clearFindings() {
    this.canvas.hidden = true;
    this.overlay.items = [];
    this.overlay.marked = null;
    this.showTools();
  }

  /** Shows a picture that the server made, beside the original. @param {Blob|null} blob */
  async setResult(blob) {
    if (this.result) URL.revokeObjectURL(this.result.url);
    this.result = null;
    if (blob) {
      const url = URL.createObjectURL(blob);
      const image = new Image();
      image.src = url;
      const isShown = await image.decode().then(() => true, () => false);
      this.result = { blob, url, width: image.naturalWidth, height: image.naturalHeight, isShown };
      if (isShown) {
        this.made.src = url;
        this.second.src = url;
        this.viewer.hidden = false;
      }
    }
    this.applyView();
  }

  /** Whether original and result lie over each other. */
  get isComparable() {
    const { result, picture } = this;
    if (!result?.isShown || !picture?.image) return false;
    return Math.abs(result.width / result.height / (picture.width / picture.height) - 1) < 0.02;
  }

  get possibleViews() {
    if (!this.result?.isShown) return [];
    if (!this.picture?.image) return ["result"];
    if (!this.isComparable) return ["sides", "result", "original"];
    // Where clicks mark places, the boundary would be in the way.
    return this.places.isActive ? ["result", "sides", "original"] : Object.keys(views);
  }

  applyView() {
    const possible = this.possibleViews;
    const view = possible.includes(this.view) ? this.view : possible[0] ?? "original";
    this.viewer.dataset.view = view;
    const isOver = view === "slider" || view === "result";
    this.made.hidden = !this.result?.isShown || !isOver;
    this.original.hidden = view === "result" || !this.picture?.image;
    this.second.hidden = view !== "sides";
    this.split.hidden = view !== "slider";
    this.viewer.classList.remove("blank");
    if (view === "result" && this.result) this.setSize(this.result.width, this.result.height);
    else if (this.picture?.image) this.setSize(this.picture.width, this.picture.height);
    if (this.result?.isShown) this.second.style.setProperty("--ratio", this.result.width / this.result.height);
    this.moveSplit();
    this.showTools();
  }

  /** Says what came of the last call, right under the picture. */
  setNote(text) {
    this.note = text;
    this.showTools();
  }

  moveSplit() { this.viewer.style.setProperty("--split", `${this.split.value}%`); }

  /** Lets the boundary be dragged anywhere in the picture, not by its handle alone. */
  grab(event) {
    if (this.split.hidden || event.target === this.split || event.button !== 0) return;
    event.preventDefault();
    const follow = (moved) => {
      const { left, width } = this.box.getBoundingClientRect();
      this.split.value = (moved.clientX - left) / width * 100;
      this.moveSplit();
    };
    const stop = () => {
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", stop);
      document.removeEventListener("pointercancel", stop);
    };
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", stop);
    document.addEventListener("pointercancel", stop);
    follow(event);
  }

  nextView() {
    const possible = this.possibleViews;
    if (possible.length < 2) return;
    this.view = possible[(possible.indexOf(this.viewer.dataset.view) + 1) % possible.length];
    this.applyView();
  }

  showTools() {
    const { picture, result } = this;
    const size = (one) => one.width ? `${one.width} × ${one.height}` : "";
    this.caption.textContent = [
      picture?.name, picture && size(picture), result?.isShown && picture?.width !== result.width ? `result ${size(result)}` : "", this.note,
    ].filter(Boolean).join(" · ");
    const possible = this.possibleViews;
    const segments = possible.length > 1 ? makeSegments(
      possible.map((value) => ({ value, label: views[value] })), this.viewer.dataset.view,
      (view) => { this.view = view; this.applyView(); this.tools.querySelector(`input[value="${view}"]`)?.focus(); },
      { "aria-label": "View" }).element : null;
    const hasFindings = !this.canvas.hidden && this.overlay.items.length > 0;
    const toggle = hasFindings ? button("Hide drawings", { kind: "quiet", "aria-pressed": String(this.canvas.classList.contains("off")), onclick: () => this.toggleFindings() }, icon("boxes"), false) : null;
    const zoomIn = picture?.image ? button("Larger", { kind: "quiet", onclick: () => this.setZoom(this.zoom * 1.5) }, icon("plus"), false) : null;
    const zoomOut = picture?.image ? button("Smaller", { kind: "quiet", onclick: () => this.setZoom(this.zoom / 1.5) }, icon("minus"), false) : null;
    const keep = result || hasFindings ? button(result ? "Save the result" : "Save with drawings", { kind: "quiet", onclick: () => this.save() }, icon("download"), false) : null;
    const reuse = result?.isShown ? button("Go on with the result", { kind: "quiet", onclick: () => this.listeners.onreuse(result.blob, `result.${extension(result.blob.type)}`) }, icon("reuse"), false) : null;
    fill(this.tools, segments, toggle, zoomOut, zoomIn, reuse, keep);
  }

  toggleFindings() {
    const isOff = this.canvas.classList.toggle("off");
    this.tools.querySelector('[aria-pressed]')?.setAttribute("aria-pressed", String(isOff));
  }

  async save() {
    const name = (this.picture?.name ?? "picture").replace(/\.[^.]*$/, "");
    if (this.result) save(this.result.blob, `${name}-result.${extension(this.result.blob.type)}`);
    else save(await this.overlay.export(this.picture?.image), `${name}-findings.png`);
  }

  /** Shows the camera in place of a picture. */
  showVideo(video, { width, height }) {
    this.picture = null;
    this.video = video;
    this.setResult(null);
    this.invitation.hidden = true;
    this.unseen.hidden = true;
    this.viewer.hidden = false;
    this.element.classList.add("has-picture");
    this.box.prepend(video);
    this.original.hidden = true;
    this.setSize(width, height);
  }

  /** Shows a frame that the server made over the camera's own. */
  async showFrame(blob) {
    const url = URL.createObjectURL(blob);
    const image = new Image();
    image.src = url;
    if (!this.video || !(await image.decode().then(() => true, () => false))) { URL.revokeObjectURL(url); return; }
    const before = this.made.src;
    this.made.src = url;
    this.made.hidden = false;
    this.viewer.dataset.view = "result";
    if (before.startsWith("blob:")) URL.revokeObjectURL(before);
  }

  hideVideo() {
    this.video?.remove();
    this.video = null;
    this.original.hidden = false;
  }

  /** Shows the pictures of an operation that takes several. */
  showStrip(pictures, chosen, { onchoose, onremove }) {
    this.strip.hidden = pictures.length < 2;
    fill(this.strip, pictures.map((picture, index) => el("div.film", {},
      el("button.film-picture", { type: "button", "aria-pressed": String(picture === chosen), "aria-label": `Show ${picture.name}`, onclick: () => onchoose(index) },
        picture.source ? el("img", { src: picture.source, alt: "" }) : icon("link")),
      button(`Remove ${picture.name}`, { kind: "tiny film-remove", onclick: () => onremove(index) }, icon("close"), false))));
  }
}
