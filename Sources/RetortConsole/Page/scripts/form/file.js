// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Files that are no pictures, and pictures beside the one that the page shows large.
 */

import { el } from "../page/dom.js";
import { bytes } from "../page/format.js";
import { fileType, resolve, typeOf } from "../document/schema.js";
import { Field } from "./field.js";

/** A field for a file, or for several. */
export class FileField extends Field {
  constructor(spec) {
    super(spec);
    this.isMany = typeOf(spec.schema) === "array";
    const type = fileType(this.isMany ? resolve(spec.root, spec.schema.items) : spec.schema);
    this.input = el("input.file", {
      type: "file", multiple: this.isMany, accept: type && type !== "application/octet-stream" && type !== "*/*" ? type : null,
      onchange: () => { this.show(); this.changed(true); },
    });
    this.note = el("p.field-help");
    this.files = [];
    this.assemble(this.input, el("div", {}, this.input, this.note));
  }

  show() {
    this.files = [...this.input.files];
    this.note.textContent = this.files.map((file) => `${file.name}, ${bytes(file.size)}`).join("; ");
  }

  reset() {
    this.input.value = "";
    this.show();
    super.reset();
  }

  read() {
    if (!this.files.length) return undefined;
    return this.isMany ? this.files : this.files[0];
  }

  /** Takes an address of this app, as examples give it, or a file. */
  async write(value) {
    const files = await Promise.all([value].flat().map((one) => one instanceof File ? one : fetchFile(one)));
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.input.files = transfer.files;
    this.show();
    this.setTouched(true);
  }
}

/** Fetches a file of this app. */
export async function fetchFile(address) {
  const response = await fetch(new URL(address, location.href));
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  const blob = await response.blob();
  return new File([blob], decodeURIComponent(new URL(response.url).pathname.split("/").pop() || "file"), { type: blob.type });
}
