// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes elements without markup in strings, so that no text of a document or an answer can become HTML.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element: `el("button.primary", { type: "button", onclick: run }, "Run")`.
 *
 * Properties that begin with `on` are listeners; `class`, `dataset` and `vars` (custom properties of CSS) are added to;
 * true is an attribute without a value; false, null and undefined are left out; the rest are attributes.
 *
 * @param {string} tag the name, with classes behind dots
 * @param {object} [properties]
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.classList.add(...classes);
  for (const [key, value] of Object.entries(properties)) set(element, key, value);
  append(element, children);
  return element;
}

function set(element, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key === "class") element.classList.add(...String(value).split(" ").filter(Boolean));
  else if (key === "dataset") Object.assign(element.dataset, value);
  else if (key === "vars") for (const [name, text] of Object.entries(value)) element.style.setProperty(name, text);
  else if (key === "value") element.value = value;
  else element.setAttribute(key, value === true ? "" : String(value));
}

/** Adds children to an element; empty ones are left out, lists are opened. */
export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Puts other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Makes an element of SVG. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

let last = 0;

/** A name that no other element of the page has. */
export function uniqueID(prefix = "id") {
  last += 1;
  return `${prefix}-${last}`;
}

/** A button with an icon and a text; the text is its name also where it is not shown. */
export function button(text, properties = {}, picture = null, shown = true) {
  const { kind = "", ...rest } = properties;
  const label = shown ? el("span", {}, text) : null;
  return el("button.button", {
    type: "button", class: `${kind} ${shown ? "" : "icon-only"}`,
    "aria-label": shown ? null : text, title: shown ? null : text, ...rest,
  }, picture, label);
}
