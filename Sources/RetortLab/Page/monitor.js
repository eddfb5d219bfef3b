// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/** The table of models, renewed by each event of the server. */

const kept = 60;
const history = new Map();
const state = document.getElementById("state");
const totals = document.getElementById("totals");
const body = document.getElementById("models");

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function bytes(value) {
  return value >= 1e9 ? `${(value / 1e9).toFixed(2)} GB` : `${(value / 1e6).toFixed(1)} MB`;
}

function milliseconds(value) { return value === null ? "–" : `${value.toFixed(value < 10 ? 2 : 1)} ms`; }

function curve(values) {
  const width = 150;
  const height = 26;
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("width", width);
  picture.setAttribute("height", height);
  picture.setAttribute("role", "img");
  const most = Math.max(1, ...values);
  picture.setAttribute("aria-label", `${values.at(-1) ?? 0} in the last second, at most ${most} in a second`);
  const line = document.createElementNS(space, "polyline");
  const points = values.map((value, index) => {
    const x = width - (values.length - 1 - index) * (width / (kept - 1));
    return `${x.toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`;
  });
  line.setAttribute("points", points.join(" "));
  picture.append(line);
  return picture;
}

function row(model) {
  const made = document.createElement("tr");
  const name = element("th", `${model.name} `, { scope: "row" });
  name.append(element("small", `v${model.version}`));
  const place = element("td", model.state.toLowerCase(), { class: model.state.toLowerCase() });
  if (model.reason) place.title = model.reason;
  const values = history.get(`${model.name}/${model.version}`) ?? [];
  const cells = [
    `${model.waiting}`, `${model.running}`, `${model.perSecond}`, milliseconds(model.queueMilliseconds),
    milliseconds(model.computeMilliseconds), model.rowsPerBatch === null ? "–" : model.rowsPerBatch.toFixed(2),
  ].map((text) => element("td", text));
  const failed = element("td", `${model.failed}`, model.failed > 0 ? { class: "failed" } : {});
  const chart = document.createElement("td");
  chart.append(curve(values));
  made.append(name, place, ...cells, failed, chart);
  return made;
}

function show(report) {
  for (const model of report.models) {
    const key = `${model.name}/${model.version}`;
    const values = history.get(key) ?? [];
    values.push(model.perSecond);
    history.set(key, values.slice(-kept));
  }
  const numbers = [
    ["Loaded", `${report.models.filter((one) => one.state === "READY").length} of ${report.models.length}`],
    ["Files of loaded models", bytes(report.loadedBytes)], ["Memory of the process", bytes(report.residentBytes)],
    ["Pictures at work", `${report.pool.running} of ${report.pool.threads}`], ["Pictures waiting", `${report.pool.waiting}`],
    ["Pictures refused", `${report.pool.refused}`],
  ];
  totals.replaceChildren(...numbers.map(([name, value]) => {
    const made = document.createElement("div");
    made.append(element("dt", name), element("dd", value));
    return made;
  }));
  body.replaceChildren(...report.models.map(row));
  state.textContent = "Live";
}

const events = new EventSource("events");
events.addEventListener("models", (event) => show(JSON.parse(event.data)));
events.onerror = () => { state.textContent = "The server does not answer. Trying again…"; };
