// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The pictures that are chosen, which stay when another operation is opened, and the ways by which they come.
 */

import { el, button } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { toast } from "../page/announce.js";
import { takePicture } from "./camera.js";
import { Picture } from "./picture.js";
import { readClipboard } from "./sources.js";

/** The chosen pictures. */
export class PictureTray {
  /** @param {() => void} onchange */
  constructor(onchange) {
    this.onchange = onchange;
    this.pictures = [];
    this.index = 0;
    this.operation = null;
    this.input = el("input.visually-hidden", {
      type: "file", accept: "image/*,.tif,.tiff,.avif,.bmp,.webp", tabindex: "-1", "aria-hidden": "true", id: "picture-file",
      onchange: () => {
        this.take(Promise.resolve([...this.input.files].map((file) => Picture.fromFile(file))));
        this.input.value = "";
      },
    });
    this.live = button("Live", { kind: "live", "aria-pressed": "false", hidden: true, title: "Frames of the camera, one after another (L)" }, icon("live"));
    this.address = this.makeAddress();
    this.files = [
      button("Choose a file", { onclick: () => this.choose(), title: "Choose a file (O)" }, icon("file")),
      button("Camera", { onclick: () => this.photograph(), title: "Take a picture (C)" }, icon("camera")),
    ];
    if (navigator.clipboard?.read) this.files.splice(1, 0, button("Paste", { onclick: () => this.take(readClipboard()) }, icon("paste")));
    this.byAddress = button("From a URL", { "aria-expanded": "false", onclick: () => this.toggleAddress(), title: "From a URL (U)" }, icon("link"));
    this.element = el("div.tray", {}, this.input, el("div.row", {}, this.files, this.byAddress, this.live), this.address);
  }

  get current() { return this.pictures[this.index] ?? null; }

  makeAddress() {
    const input = el("input", { type: "url", placeholder: "https://example.com/photo.jpg", "aria-label": "Address of the picture", spellcheck: "false" });
    const form = el("form.address", {
      hidden: true, onsubmit: (event) => {
        event.preventDefault();
        if (input.value.trim()) this.take(Picture.fromAddress(input.value).then((picture) => [picture]));
      },
    }, input, button("Use it", { type: "submit", kind: "primary" }));
    return form;
  }

  toggleAddress() {
    this.address.hidden = !this.address.hidden;
    this.byAddress.setAttribute("aria-expanded", String(!this.address.hidden));
    if (!this.address.hidden) this.address.querySelector("input").focus();
  }

  choose() { this.input.click(); }

  photograph() { this.take(takePicture().then((picture) => picture ? [picture] : [])); }

  /** Fits the ways to an operation. */
  serve(operation) {
    this.operation = operation;
    const ways = operation.picture;
    this.input.multiple = ways?.many ?? false;
    for (const one of this.files) one.hidden = !operation.takesPictureFile;
    this.byAddress.hidden = !ways;
    this.address.hidden = true;
    this.byAddress.setAttribute("aria-expanded", "false");
    if (ways && this.pictures.length > ways.most) {
      this.pictures = this.pictures.slice(this.index, this.index + ways.most);
      this.index = 0;
    }
  }

  /**
   * Takes pictures when they are there: in place of those before, or beside them where the operation takes several.
   *
   * @param {Promise<Picture[]>} coming
   */
  async take(coming) {
    try {
      const pictures = await coming;
      if (!pictures.length) return;
      const strange = pictures.find((one) => one.blob && one.blob.type && !one.blob.type.startsWith("image/"));
      if (strange) throw new Error(`${strange.name} is not a picture but ${strange.blob.type}.`);
      await Promise.all(pictures.map((picture) => picture.load()));
      const many = this.operation?.picture?.many;
      const most = this.operation?.picture?.most ?? 1;
      const kept = many ? this.pictures : [];
      const all = [...kept, ...pictures];
      if (all.length > most && many) toast(`The operation takes at most ${most} pictures.`, "problem");
      this.set(all.slice(0, most), Math.min(kept.length, most - 1));
    } catch (error) {
      toast(error.message, "problem");
    }
  }

  /** Puts other pictures in place. */
  set(pictures, index = 0) {
    this.pictures = pictures;
    this.index = Math.max(0, Math.min(index, pictures.length - 1));
    this.onchange();
  }

  remove(index) { this.set(this.pictures.filter((_, at) => at !== index), Math.min(this.index, this.pictures.length - 2)); }

  /** What hinders the pictures from being sent; null for nothing. */
  problem() {
    const { operation, pictures } = this;
    const ways = operation.picture;
    if (!ways) return null;
    if (!pictures.length) return ways.required ? "Bring a picture first: drop, paste or choose one, or take an example." : null;
    if (pictures.length < ways.least) return `This operation compares: it needs at least ${ways.least} pictures.`;
    if (!operation.takesPictureFile && !this.current.address) return "This operation fetches its picture itself: give it an address.";
    if (operation.takesPictureFile && !ways.url && pictures.some((one) => !one.blob)) return "This operation takes files, not addresses of other sites.";
    return null;
  }

  /** How many bytes too many there are. */
  excess() {
    const limit = this.operation?.bodyLimit;
    const sum = this.pictures.reduce((before, picture) => before + (picture.blob?.size ?? 0), 0);
    return limit && this.operation.takesPictureFile ? Math.max(0, sum - limit) : 0;
  }

  /** Puts smaller copies in place of the pictures, as JPEG. */
  async makeSmaller(longest = 2048) {
    const smaller = await Promise.all(this.pictures.map(async (picture) => {
      if (!picture.image) return picture;
      const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
      const canvas = el("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
      canvas.getContext("2d").drawImage(picture.image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
      const copy = Picture.fromFile(new File([blob], picture.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" }));
      await copy.load();
      return copy;
    }));
    this.set(smaller, this.index);
  }
}
