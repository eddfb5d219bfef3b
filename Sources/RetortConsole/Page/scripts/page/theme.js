// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Light, dark, or as the system says: the choice of this browser.
 */

import { button } from "./dom.js";
import { icon } from "./icons.js";
import { announce } from "./announce.js";

const KEY = "retort-console-theme";
const choices = ["auto", "light", "dark"];
const pictures = { auto: "auto", light: "sun", dark: "moon" };
const names = { auto: "as the system", light: "light", dark: "dark" };

function stored() {
  try {
    const value = localStorage.getItem(KEY);
    return choices.includes(value) ? value : "auto";
  } catch {
    return "auto";
  }
}

function apply(choice) {
  if (choice === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}

/**
 * The switch, which goes round through the three choices.
 *
 * @returns {{ element: HTMLButtonElement, next: () => void }}
 */
export function makeThemeSwitch() {
  let choice = stored();
  const element = button("Colours", { kind: "quiet" }, icon(pictures[choice]), false);
  const show = () => {
    apply(choice);
    element.replaceChildren(icon(pictures[choice]));
    element.setAttribute("aria-label", `Colours: ${names[choice]}`);
    element.title = `Colours: ${names[choice]} (T)`;
    // What is drawn on a canvas does not follow the style sheet by itself.
    document.dispatchEvent(new CustomEvent("themechange"));
  };
  const next = () => {
    choice = choices[(choices.indexOf(choice) + 1) % choices.length];
    try { localStorage.setItem(KEY, choice); } catch { /* private mode: the choice lasts as long as the page */ }
    show();
    announce(`Colours ${names[choice]}`);
  };
  element.addEventListener("click", next);
  show();
  return { element, next };
}
