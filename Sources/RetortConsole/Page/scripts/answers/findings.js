// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Ties the drawings over the picture to the list of what was found: what is pointed at in one is marked in the other.
 */

import { FindingsList } from "./list.js";
import { Palette } from "./palette.js";

function sizeOf(reading, picture) {
  return { width: reading.width || picture.width, height: reading.height || picture.height };
}

/** What was found, in the picture and in the list. */
export class Findings {
  constructor() {
    this.palette = new Palette();
    this.hovered = null;
    this.chosen = null;
    this.listeners = {
      onhover: (index) => { this.hovered = index; this.mark(); },
      onchoose: (index) => {
        this.chosen = this.chosen === index ? null : index;
        this.mark();
        if (this.chosen !== null) this.list.reveal(this.chosen);
      },
    };
    this.list = new FindingsList({ ...this.listeners, onfilter: () => this.stage.overlay.draw() });
  }

  /** @param {import("../picture/stage.js").Stage} stage */
  attach(stage) { this.stage = stage; }

  /** Forgets the labels of another operation. */
  reset() {
    this.palette = new Palette();
    this.list.hiddenLabels.clear();
    this.list.least = 0;
    this.hovered = null;
    this.chosen = null;
  }

  mark() {
    this.stage.overlay.mark(this.hovered ?? this.chosen);
    this.list.mark(this.hovered, this.chosen);
  }

  /**
   * @param {import("./read.js").Reading} reading
   * @param {{ image: HTMLImageElement|HTMLVideoElement|null, width: number, height: number }} picture
   * @returns {HTMLElement} the list
   */
  show(reading, picture) {
    this.hovered = null;
    if (this.chosen !== null && this.chosen >= reading.items.length) this.chosen = null;
    this.draw(reading, picture);
    return this.fill(reading, picture);
  }

  /** Draws over the picture alone. */
  draw(reading, picture) { this.stage.showFindings(reading.items, sizeOf(reading, picture), this.palette, this.list.isVisible); }

  /** Fills the list alone. */
  fill(reading, picture) {
    this.list.show(reading.items, this.palette, picture.image, sizeOf(reading, picture));
    this.mark();
    return this.list.element;
  }

  step(sign) { this.list.step(sign); }
}
