// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Sends a request and tells how far it is.
 *
 * `XMLHttpRequest` is used where there is a body, because only it says how much of it has left.
 */

import { bodyFor } from "./draft.js";
import { readServerTiming } from "./timing.js";

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} statusText
 * @property {[string, string][]} headers
 * @property {Blob} blob
 * @property {string} type the media type without parameters
 * @property {string} text the body, where it is text
 * @property {any} json the value, where the body is JSON; undefined otherwise
 * @property {{ total: number, stages: { name: string, description: string, duration: number }[] }} timing milliseconds
 * @property {number} sent bytes of the body that was sent, as far as known
 */

/**
 * @param {import("./draft.js").Draft} draft
 * @param {{ signal: AbortSignal, onprogress?: (progress: { phase: "sending"|"waiting"|"receiving", share: number|null }) => void }} options
 * @returns {Promise<Answer>}
 */
export function send(draft, { signal, onprogress = () => {} }) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const start = performance.now();
    const stop = () => request.abort();
    const end = (act, value) => { signal.removeEventListener("abort", stop); act(value); };
    if (signal.aborted) { fail(new DOMException("Cancelled", "AbortError")); return; }
    signal.addEventListener("abort", stop);
    request.open(draft.method, draft.url);
    request.responseType = "blob";
    for (const [name, value] of draft.headers) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onprogress({ phase: "sending", share: event.lengthComputable ? event.loaded / event.total : null });
    request.upload.onload = () => onprogress({ phase: "waiting", share: null });
    request.onprogress = (event) => onprogress({ phase: "receiving", share: event.lengthComputable ? event.loaded / event.total : null });
    request.onload = () => end(done, makeAnswer(request, performance.now() - start));
    request.onerror = () => end(fail, new Error("No answer came. Is the server running?"));
    request.ontimeout = request.onerror;
    request.onabort = () => end(fail, new DOMException("Cancelled", "AbortError"));
    onprogress({ phase: draft.body ? "sending" : "waiting", share: null });
    request.send(bodyFor(draft));
  });
}

async function makeAnswer(request, total) {
  const headers = request.getAllResponseHeaders().trim().split(/[\r\n]+/).filter(Boolean).map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return readAnswer(request.status, request.statusText, headers, request.response ?? new Blob(), total);
}

/** Puts together what came. */
export async function readAnswer(status, statusText, headers, blob, total) {
  const header = (name) => headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? "";
  const type = (header("content-type") || blob.type).split(";")[0].trim().toLowerCase();
  const isText = /^text\/|json|xml|javascript|x-www-form-urlencoded|yaml|csv/.test(type);
  const text = isText ? await blob.text() : "";
  return {
    status, statusText, headers, blob, type, text, json: type.includes("json") ? parse(text) : undefined,
    timing: { total, stages: readServerTiming(header("server-timing")) },
  };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether an answer is a success. */
export function isSuccess(answer) { return answer.status >= 200 && answer.status < 300; }
