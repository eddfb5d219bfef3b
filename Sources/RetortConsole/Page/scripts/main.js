// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Starts the page.
 */

import { button, el, fill } from "./page/dom.js";
import { icon } from "./page/icons.js";
import { flask } from "./page/flask.js";
import { readConfig } from "./page/config.js";
import { readLink } from "./page/link.js";
import { makeDialog, openDialog } from "./page/dialog.js";
import { makeThemeSwitch } from "./page/theme.js";
import { OperationList } from "./page/operations.js";
import { Shortcuts } from "./page/shortcuts.js";
import { Workbench } from "./page/workbench.js";
import { loadDocument } from "./document/document.js";
import { listenForPictures } from "./picture/sources.js";
import { History } from "./calls/history.js";

const config = readConfig();
const narrow = matchMedia("(max-width: 899px)");

async function start() {
  const theme = makeThemeSwitch();
  const header = document.getElementById("header");
  const main = document.getElementById("main");
  const brand = el("a.brand", { href: "#main", "aria-label": `${config.title}, to the content` }, flask(), el("span", {}, config.title));
  fill(header, brand, el("div.header-tools", {}, theme.element));
  try {
    const api = await loadDocument(config.document);
    const first = api.first(config.start);
    if (!first) throw new Error("The app has no operations to show");
    assemble(api, first, { header, main, theme, brand });
  } catch (error) {
    fill(main, el("div.failure", {}, flask("flask-large"), el("h1", {}, "The API cannot be shown"), el("p", {}, `${error.message}.`),
      button("Try again", { kind: "primary", onclick: () => location.reload() }, icon("reuse"))));
  }
  document.documentElement.dataset.state = "ready";
}

function assemble(api, first, { header, main, theme, brand }) {
  const history = new History(config.document);
  let drawer = null;
  const open = (operation, options = {}) => {
    drawer?.close();
    list.mark(operation);
    bench.open(operation, options);
    document.title = `${operation.name} · ${config.title}`;
  };
  const list = new OperationList(api, (operation) => { open(operation); focusTitle(); });
  const bench = new Workbench({ api, config, history, onopen: open });
  const aside = el("aside.sidebar", {}, list.element, el("p.colophon", {}, `${api.title} ${api.version}`));

  // On a phone the list is in a drawer, where the focus stays until it is closed.
  const openDrawer = () => {
    drawer = makeDialog("Operations", { kind: "drawer left", onclose: () => { drawer = null; place(); } }, list.element);
    openDialog(drawer);
  };
  const place = () => { if (!narrow.matches) { drawer?.close(); aside.prepend(list.element); } };
  narrow.addEventListener("change", place);

  const showHistory = () => history.show((call, pictures) => bench.again(call, pictures));
  const keys = new Shortcuts(makeShortcuts({ bench, list, theme, narrow, openDrawer, showHistory, help: () => keys.show() }), () => bench.run());
  fill(
    header, button("Operations", { kind: "quiet menu", onclick: openDrawer }, icon("menu"), false), brand,
    el("div.header-tools", {}, button("History", { kind: "quiet", onclick: showHistory, title: "History (H)" }, icon("history"), false), theme.element,
      button("Keys", { kind: "quiet", onclick: () => keys.show(), title: "Keys (?)" }, icon("keyboard"), false)));
  fill(main, bench.element);
  main.before(aside);
  listenForPictures({ accepts: () => Boolean(bench.operation?.takesPictureFile || bench.operation?.picture), ontake: (pictures) => bench.tray.take(pictures) });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !document.querySelector("dialog[open]")) bench.live.isRunning ? bench.live.stop() : bench.cancel(); });
  window.addEventListener("hashchange", () => {
    const linked = api.operations.find((one) => one.id === readLink()?.id);
    if (linked && linked !== bench.operation) open(linked);
  });
  open(api.operations.find((one) => one.id === readLink()?.id) ?? first);
}

function focusTitle() { document.querySelector(".operation-title h1")?.focus({ preventScroll: true }); window.scrollTo(0, 0); }

function makeShortcuts({ bench, list, theme, narrow, openDrawer, showHistory, help }) {
  const search = () => { if (narrow.matches) openDrawer(); list.search.focus(); };
  return [
    { key: "r", text: "Run", act: () => bench.run() },
    { key: "/", text: "Search operations", act: search },
    { key: "n", text: "Next operation", act: () => list.step(1) },
    { key: "p", text: "Previous operation", act: () => list.step(-1) },
    { key: "o", text: "Choose a picture", act: () => bench.tray.choose() },
    { key: "c", text: "Take a picture with the camera", act: () => bench.tray.photograph() },
    { key: "u", text: "Picture from a URL", act: () => bench.tray.toggleAddress() },
    { key: "l", text: "Live camera on and off", act: () => bench.live.toggle() },
    { key: "1 2 3 4 5 6 7 8 9", shown: "1 … 9", text: "Take an example", act: (event) => bench.gallery.takeNumber(Number(event.key)) },
    { key: "j", text: "Next finding", act: () => bench.findings.step(1) },
    { key: "k", text: "Previous finding", act: () => bench.findings.step(-1) },
    { key: "v", text: "Next view of original and result", act: () => bench.stage.nextView() },
    { key: "b", text: "Drawings on and off", act: () => bench.stage.toggleFindings() },
    { key: "+", text: "Larger", act: () => bench.stage.setZoom(bench.stage.zoom * 1.5) },
    { key: "-", text: "Smaller", act: () => bench.stage.setZoom(bench.stage.zoom / 1.5) },
    { key: "h", text: "History", act: showHistory },
    { key: "t", text: "Colours", act: theme.next },
    { key: "?", text: "This list", act: help },
  ];
}

start();
