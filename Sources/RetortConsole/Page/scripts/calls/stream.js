// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Answers that go on: events, lines of JSON, and pictures one after another.
 */

const streaming = ["text/event-stream", "application/jsonl", "application/x-ndjson", "application/json-seq"];

/** Whether an operation answers with a stream, which is read with `fetch`. */
export function isStreaming(operation, answer) {
  const types = answer ? [answer.type] : Object.keys(operation.success.content);
  return types.some((type) => streaming.includes(type));
}

/** Whether an operation answers with pictures one after another, which an `<img>` shows. */
export function isMotion(operation, answer) {
  const types = answer ? [answer.type] : Object.keys(operation.success.content);
  return types.some((type) => type.startsWith("multipart/x-mixed-replace"));
}

/**
 * Reads a stream to its end.
 *
 * @param {Response} response
 * @param {(entry: { event: string, data: string }) => void} onentry
 */
export async function readStream(response, onentry) {
  const isEvents = (response.headers.get("content-type") ?? "").includes("event-stream");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    rest += value ?? "";
    const pieces = isEvents ? rest.split(/\r\n\r\n|\n\n|\r\r/) : rest.split(/\r?\n/);
    rest = done ? "" : pieces.pop();
    for (const piece of pieces) {
      const entry = isEvents ? readEvent(piece) : { event: "", data: piece.replace(/^\x1e/, "") };
      if (entry?.data) onentry(entry);
    }
    if (done) return;
  }
}

function readEvent(text) {
  let event = "message";
  const data = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [name, value = ""] = line.split(/:(.*)/s);
    if (name === "event") event = value.trim();
    else if (name === "data") data.push(value.replace(/^ /, ""));
  }
  return data.length ? { event, data: data.join("\n") } : null;
}
