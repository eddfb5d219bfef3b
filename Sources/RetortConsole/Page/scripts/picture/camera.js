// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The webcam: for one picture, or for one after another.
 */

import { el, button } from "../page/dom.js";
import { icon } from "../page/icons.js";
import { makeDialog, openDialog } from "../page/dialog.js";
import { Picture } from "./picture.js";

/** A running camera. */
export class Camera {
  constructor() {
    this.video = el("video.camera", { muted: true, playsinline: true, "aria-label": "Picture of the camera" });
    this.video.muted = true;
    this.canvas = document.createElement("canvas");
    this.facing = "environment";
  }

  /** Asks for the camera. */
  async start() {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new Error("The browser gives cameras to pages on https:// or on this computer alone.");
    }
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: this.facing, width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false,
      });
    } catch (error) {
      const reasons = { NotAllowedError: "The camera was not allowed.", NotFoundError: "There is no camera." };
      throw new Error(reasons[error.name] ?? `The camera cannot be used: ${error.message}`);
    }
    this.video.srcObject = this.stream;
    await this.video.play();
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  /** Turns to the other camera of a phone. */
  async turn() {
    this.facing = this.facing === "user" ? "environment" : "user";
    this.stop();
    await this.start();
  }

  get size() { return { width: this.video.videoWidth, height: this.video.videoHeight }; }

  /** The picture of this moment as JPEG, at most so many pixels wide or high. */
  frame(longest = 1280, quality = 0.85) {
    const { width, height } = this.size;
    const scale = Math.min(1, longest / Math.max(width, height, 1));
    this.canvas.width = Math.max(1, Math.round(width * scale));
    this.canvas.height = Math.max(1, Math.round(height * scale));
    this.canvas.getContext("2d").drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    return new Promise((done, fail) => this.canvas.toBlob(
      (blob) => blob ? done(blob) : fail(new Error("The camera gives no picture yet.")), "image/jpeg", quality));
  }
}

/**
 * Lets the user take a picture.
 *
 * @returns {Promise<Picture|null>} null where the user changed their mind
 */
export async function takePicture() {
  const camera = new Camera();
  await camera.start();
  return new Promise((done) => {
    let taken = null;
    const take = button("Take the picture", {
      kind: "primary", autofocus: true, onclick: async () => {
        const blob = await camera.frame(4096, 0.92);
        taken = Picture.fromFile(new File([blob], "camera.jpg", { type: "image/jpeg" }));
        dialog.close();
      },
    }, icon("camera"));
    const turn = button("Other camera", { onclick: () => camera.turn().catch(() => {}) }, icon("reuse"));
    const dialog = makeDialog(
      "Camera", { onclose: () => { camera.stop(); done(taken); } }, camera.video, el("div.row", {}, take, turn));
    openDialog(dialog);
  });
}
