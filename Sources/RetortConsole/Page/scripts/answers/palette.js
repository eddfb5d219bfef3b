// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Colours that stand out on photographs and differ for people who see fewer colours: one for each label.
 */

const colours = ["#ffb81c", "#38c6ff", "#ff6f91", "#6ee787", "#c39bff", "#ff8a3d", "#1fe0cf", "#f2ee5a", "#ff5252", "#9fb6ff"];

/** Gives labels their colours, in order of appearance. */
export class Palette {
  constructor() { this.known = new Map(); }

  /** @returns {string} `#rrggbb` */
  colour(label) {
    if (!this.known.has(label)) this.known.set(label, colours[this.known.size % colours.length]);
    return this.known.get(label);
  }
}
