// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Runs one thing at a time, and of those that wait only the latest.
 */

export class Latest {
  /** @param {number} pause milliseconds of quiet before a hurried wish is carried out */
  constructor(pause = 120) {
    this.pause = pause;
    this.timer = null;
    this.controller = null;
  }

  get isRunning() { return this.controller !== null; }

  /**
   * Carries out an action after a short quiet; a newer wish takes the place of this one.
   *
   * @param {(signal: AbortSignal) => Promise<void>} action
   */
  soon(action) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(action), this.pause);
  }

  /** Carries out an action at once; the one that runs is cancelled. */
  async now(action) {
    clearTimeout(this.timer);
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    try {
      await action(controller.signal);
    } finally {
      if (this.controller === controller) this.controller = null;
    }
  }

  /** Stops what runs and what waits. @returns {boolean} whether there was something */
  cancel() {
    clearTimeout(this.timer);
    const was = this.controller;
    this.controller = null;
    was?.abort();
    return Boolean(was);
  }
}
