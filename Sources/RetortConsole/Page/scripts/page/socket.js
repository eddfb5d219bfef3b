// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A WebSocket that is no camera's: messages there and back as a list.
 */

import { el, button } from "./dom.js";
import { icon } from "./icons.js";

/** @param {() => string} address made from the form when the connection is opened */
export function makeSocketPanel(address) {
  const log = el("ol.socket-log", { "aria-label": "Messages", "aria-live": "polite" });
  const state = el("span.muted", { role: "status" }, "Not connected");
  const input = el("textarea", {
    rows: 2, "aria-label": "Message", placeholder: "A message: Enter sends it", spellcheck: "false", onkeydown: (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || send.disabled) return;
      event.preventDefault();
      send.click();
    },
  });
  const note = (text, kind) => {
    log.append(el("li", { class: kind }, el("time", {}, new Date().toLocaleTimeString()), text));
    while (log.children.length > 500) log.firstChild.remove();
    log.scrollTop = log.scrollHeight;
  };
  let socket = null;
  const show = () => {
    const isOpen = socket?.readyState === WebSocket.OPEN;
    state.textContent = isOpen ? "Connected" : socket?.readyState === WebSocket.CONNECTING ? "Connecting…" : "Not connected";
    toggle.replaceChildren(icon(isOpen ? "stop" : "play"), el("span", {}, isOpen ? "Disconnect" : "Connect"));
    send.disabled = !isOpen;
  };
  const toggle = button("Connect", {
    kind: "primary", onclick: () => {
      if (socket && socket.readyState < WebSocket.CLOSING) { socket.close(); return; }
      socket = new WebSocket(address().replace(/^http/, "ws"));
      socket.onopen = show;
      socket.onmessage = ({ data }) => note(typeof data === "string" ? data : `${data.size} bytes`, "received");
      socket.onclose = (event) => { note(`Closed with ${event.code}${event.reason ? `: ${event.reason}` : ""}`, "end"); show(); };
      show();
    },
  }, icon("play"));
  const send = button("Send", { disabled: true, onclick: () => { socket.send(input.value); note(input.value, "sent"); input.value = ""; input.focus(); } });
  return {
    element: el("section.socket", { "aria-label": "WebSocket" }, el("div.row", {}, toggle, state), log, el("div.socket-message", {}, input, send)),
    close: () => socket?.close(),
  };
}
