// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Pictures one after another in one answer (`multipart/x-mixed-replace`), where an `<img>` cannot ask for them itself.
 */

/**
 * Reads the frames of an answer to its end.
 *
 * @param {Response} response
 * @param {(frame: Blob) => void} onframe
 */
export async function readMotion(response, onframe) {
  const reader = response.body.getReader();
  let bytes = new Uint8Array(0);
  let part = null;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const joined = new Uint8Array(bytes.length + value.length);
    joined.set(bytes);
    joined.set(value, bytes.length);
    bytes = joined;
    for (;;) {
      part ??= readHead(bytes);
      if (!part || bytes.length < part.start + part.length) break;
      onframe(new Blob([bytes.slice(part.start, part.start + part.length)], { type: part.type }));
      bytes = bytes.slice(part.start + part.length);
      part = null;
    }
  }
}

/** The head of the next part: where its content starts, and how long it is; null while it has not come. */
function readHead(bytes) {
  // Heads are short; a picture that is not there yet is not searched.
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const header = (name) => new RegExp(`^${name}: *(.*?) *$`, "im").exec(text.slice(0, end))?.[1];
  const length = Number(header("content-length"));
  if (!Number.isInteger(length)) throw new Error("A part of the answer does not say how long it is.");
  return { start: end + 4, length, type: header("content-type") ?? "image/jpeg" };
}
