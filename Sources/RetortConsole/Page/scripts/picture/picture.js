// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A picture that somebody has chosen: bytes, or an address from which the server can fetch it, or both.
 */

/** A picture. */
export class Picture {
  /**
   * @param {{ name: string, blob?: Blob|null, address?: string|null }} facts
   *   `address`: absolute; kept beside the bytes where the picture came from one
   */
  constructor({ name, blob = null, address = null }) {
    this.name = name;
    this.blob = blob;
    this.address = address;
    this.width = 0;
    this.height = 0;
    /** What an `<img>` can show; null for pictures of other sites, which this page must not load. */
    this.source = blob ? URL.createObjectURL(blob) : address && isOwn(address) ? address : null;
  }

  /** Waits until the size is known. @returns {Promise<boolean>} whether the browser can show the picture */
  async load() {
    if (!this.source) return false;
    const image = new Image();
    image.src = this.source;
    try {
      await image.decode();
    } catch {
      // A format that the server may know and the browser does not, such as TIFF.
      return false;
    }
    this.image = image;
    this.width = image.naturalWidth;
    this.height = image.naturalHeight;
    return true;
  }

  /** A small copy as a data: URL; null where the browser cannot show the picture. */
  thumbnail(size = 96) { return this.image ? shrink(this.image, this.width, this.height, size) : null; }

  release() { if (this.blob && this.source) URL.revokeObjectURL(this.source); }

  /** A picture from a file. */
  static fromFile(file) { return new Picture({ name: file.name || pastedName(file.type), blob: file }); }

  /**
   * A picture from an address: `data:` is unpacked here, what belongs to this app is fetched, the rest is left to the server.
   *
   * @param {string} text
   */
  static async fromAddress(text, name = null) {
    const address = new URL(text.trim(), location.href);
    if (address.protocol === "data:") return new Picture({ name: name ?? "picture", blob: unpack(address.href) });
    if (address.protocol === "blob:") throw new Error("Pictures of other pages cannot be read. Save the picture and choose the file.");
    if (!/^https?:$/.test(address.protocol)) throw new Error("An address begins with http:// or https://.");
    const last = decodeURIComponent(address.pathname.split("/").pop() || "picture");
    if (!isOwn(address.href)) return new Picture({ name: name ?? last, address: address.href });
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address.pathname} answered ${response.status}.`);
    return new Picture({ name: last, blob: await response.blob(), address: address.href });
  }
}

function isOwn(address) { return new URL(address, location.href).origin === location.origin; }

function pastedName(type) { return `picture.${type === "image/jpeg" ? "jpg" : (type.split("/")[1] ?? "png")}`; }

// `fetch` could do this, but the policy of the page allows connections to its own server alone.
function unpack(url) {
  const [, head, data] = /^data:([^,]*),(.*)$/s.exec(url) ?? [];
  if (data === undefined) throw new Error("This data: address is not complete.");
  const type = head.split(";")[0] || "application/octet-stream";
  const text = head.endsWith(";base64") ? atob(decodeURIComponent(data)) : decodeURIComponent(data);
  return new Blob([Uint8Array.from(text, (character) => character.charCodeAt(0))], { type });
}

/** Draws something small. @returns {string} a data: URL */
export function shrink(drawable, width, height, size) {
  const scale = Math.min(1, size / Math.max(width, height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(drawable, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/webp", 0.8);
}
