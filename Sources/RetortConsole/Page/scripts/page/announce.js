// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tells people who do not see the page what has happened, and everybody what was copied or went wrong on the way.
 */

import { el } from "./dom.js";

/** Has a sentence read out when the screen reader has nothing else to say. */
export function announce(text) {
  const region = document.getElementById("announcements");
  if (region) region.textContent = text;
}

/** Shows a sentence for a few seconds, and has it read out. */
export function toast(text, kind = "note") {
  announce(text);
  const place = document.getElementById("toasts");
  if (!place) return;
  const message = el("p.toast", { class: kind, "aria-hidden": "true" }, text);
  place.append(message);
  setTimeout(() => message.remove(), kind === "problem" ? 7000 : 3000);
}

/** Copies a text, and says so. */
export async function copyText(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without HTTPS there is no clipboard API; the old way needs a selected text.
    const area = el("textarea.visually-hidden", { "aria-hidden": "true", value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(`${what} copied.`);
}
