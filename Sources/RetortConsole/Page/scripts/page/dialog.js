// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Dialogs: the browser's own, which keeps the focus inside and gives it back.
 */

import { el, button, uniqueID } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Makes a dialog with a title and a button that closes it; `showModal()` opens it.
 *
 * @param {string} title
 * @param {{ kind?: string, onclose?: () => void }} options `kind`: a class such as `drawer`
 * @param {...Node} children
 * @returns {HTMLDialogElement}
 */
export function makeDialog(title, { kind = "", onclose } = {}, ...children) {
  const id = uniqueID("dialog");
  const dialog = el(
    "dialog.dialog", { class: kind, "aria-labelledby": id },
    el("div.dialog-head", {},
      el("h2", { id }, title),
      button("Close", { kind: "quiet", onclick: () => dialog.close() }, icon("close"), false)),
    el("div.dialog-body", {}, ...children));
  dialog.addEventListener("close", () => {
    onclose?.();
    dialog.remove();
  });
  // A click beside the dialog is on the dialog itself: its content fills it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}

/** Puts a dialog into the page and opens it. */
export function openDialog(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
