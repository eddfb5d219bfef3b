// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Examples: pictures that the app offers, and whole calls that an operation offers.
 */

import { el } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { Picture } from "./picture.js";

/** The row of examples. */
export class Gallery {
  /**
   * @param {import("../page/config.js").Example[]} common
   * @param {(pictures: Promise<Picture[]>|null, values: object) => void} ontake
   */
  constructor(common, ontake) {
    this.common = common;
    this.ontake = ontake;
    this.element = el("div.gallery", { role: "group", "aria-label": "Examples" });
    this.entries = [];
  }

  /** Shows what fits an operation. @param {import("../document/operation.js").Operation} operation */
  serve(operation) {
    const names = [operation.picture?.field, operation.picture?.url, "image", "picture"].filter(Boolean);
    const own = operation.examples.map((example) => {
      const values = { ...example.values };
      const name = operation.picture ? names.find((one) => values[one] !== undefined) : null;
      const picture = name ? values[name] : null;
      if (name) delete values[name];
      return { name: example.name, urls: picture ? [picture].flat() : [], values };
    });
    const taken = new Set(own.flatMap((one) => one.urls));
    const rest = operation.picture
      ? this.common.filter((one) => !taken.has(one.url)).map((one) => ({ name: one.name, urls: [one.url], values: {} })) : [];
    this.entries = [...own, ...rest];
    this.element.hidden = !this.entries.length;
    this.element.replaceChildren(...this.entries.map((entry) => el(
      "button.example", { type: "button", title: entry.name, onclick: () => this.take(entry) },
      entry.urls.length ? el("img", { src: entry.urls[0], alt: "", loading: "lazy", decoding: "async" }) : el("span.example-blank", {}, icon("code")),
      el("span.example-name", {}, entry.name))));
  }

  take(entry) {
    const pictures = entry.urls.length
      ? Promise.all(entry.urls.map((url) => Picture.fromAddress(url))) : null;
    this.ontake(pictures, entry.values);
  }

  /** Takes the example of a number that starts at 1. */
  takeNumber(number) {
    const entry = this.entries[number - 1];
    if (entry) this.take(entry);
  }
}
