// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Pictures that are dropped anywhere on the page, or pasted.
 */

import { Picture } from "./picture.js";
import { el } from "../page/dom.js";
import { icon } from "../page/icons.js";

/**
 * @param {{ accepts: () => boolean, ontake: (pictures: Promise<Picture[]>) => void }} options
 */
export function listenForPictures({ accepts, ontake }) {
  const veil = el("div.drop-veil", { hidden: true, "aria-hidden": "true" }, el("div", {}, icon("drop"), el("p", {}, "Drop it anywhere")));
  document.body.append(veil);
  let inside = 0;
  const isWanted = (event) => accepts() && [...(event.dataTransfer?.types ?? [])].some((type) => type === "Files" || type === "text/uri-list");
  const end = () => { inside = 0; veil.hidden = true; };
  document.addEventListener("dragenter", (event) => {
    if (!isWanted(event)) return;
    event.preventDefault();
    inside += 1;
    veil.hidden = false;
  });
  document.addEventListener("dragleave", () => {
    inside -= 1;
    if (inside <= 0) end();
  });
  document.addEventListener("dragover", (event) => {
    if (!isWanted(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  document.addEventListener("drop", (event) => {
    if (!isWanted(event)) return;
    event.preventDefault();
    end();
    ontake(picturesOf(event.dataTransfer));
  });
  document.addEventListener("paste", (event) => {
    if (!accepts() || !event.clipboardData) return;
    const hasFiles = [...event.clipboardData.items].some((item) => item.kind === "file");
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    const text = event.clipboardData.getData("text/plain").trim();
    if (!hasFiles && (isTyping || !/^(https?:|data:image\/)/.test(text))) return;
    event.preventDefault();
    ontake(picturesOf(event.clipboardData));
  });
}

/** The pictures of a drop or of the clipboard: files first, then an address. */
export async function picturesOf(transfer) {
  const files = [...transfer.files];
  if (files.length) return files.map((file) => Picture.fromFile(file));
  const address = transfer.getData("text/uri-list").split("\n").find((line) => line && !line.startsWith("#"))
    ?? transfer.getData("text/plain");
  return address ? [await Picture.fromAddress(address)] : [];
}

/** The picture in the clipboard, for a button: the browser asks the user first. */
export async function readClipboard() {
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((one) => one.startsWith("image/"));
    if (type) return [Picture.fromFile(new File([await item.getType(type)], `clipboard.${type.split("/")[1]}`, { type }))];
    if (item.types.includes("text/plain")) {
      const text = (await (await item.getType("text/plain")).text()).trim();
      if (/^(https?:|data:image\/)/.test(text)) return [await Picture.fromAddress(text)];
    }
  }
  throw new Error("There is no picture in the clipboard.");
}
