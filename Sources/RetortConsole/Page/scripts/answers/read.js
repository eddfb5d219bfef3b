// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads what the JSON of an answer shows: boxes, outlines, points, masks, classes, curves.
 *
 * It is tolerant, because the JSON is not always Retort's own: names and shapes that other servers and data sets use are
 * understood too. What is not understood is still there in the tree of the JSON.
 */

/**
 * @typedef {{ x: number, y: number, score?: number, name?: string }} Point
 * @typedef {object} Item something that is somewhere in the picture, in its pixels
 * @property {number} index
 * @property {string} label
 * @property {string} colourKey what has a colour of its own
 * @property {number|null} score
 * @property {{ x: number, y: number, width: number, height: number }|null} box
 * @property {Point[][]} outlines closed
 * @property {Point[][]} holes
 * @property {Point[]} points
 * @property {[number, number][]} edges between points
 * @property {Point[]|null} line
 * @property {{ x: number, y: number, radius: number }|null} circle
 * @property {object|null} mask
 * @property {boolean} isFramed whether the box is drawn
 * @property {string} text
 * @property {Record<string, string|number|boolean>} facts what else is said, flat
 *
 * @typedef {object} Reading
 * @property {number} width of the picture that the numbers belong to; 0 where unknown
 * @property {number} height
 * @property {Item[]} items
 * @property {{ label: string, score: number }[]} classes
 * @property {{ name: string, values: number[] }[]} curves
 * @property {{ id: string, name: string, similarity: number|null, source: string|null }[]|null} pictures null for none
 */

import { readPictures } from "./pictures.js";

const listNames = [
  "detections", "predictions", "objects", "faces", "result", "results", "contours", "keypoints", "lines", "circles",
  "codes", "components", "matches", "regions", "boxes", "annotations", "texts", "words", "items", "landmarks", "people", "poses",
];
const scoreNames = ["score", "confidence", "probability", "prob", "conf"];
const labelNames = ["label", "class", "className", "category", "name", "kind"];

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const first = (object, names, test) => names.map((name) => object[name]).find(test);

/**
 * @param {any} json
 * @param {string|null} kind `x-retort-kind` of the schema
 * @returns {Reading}
 */
export function read(json, kind = null) {
  const root = isObject(json) ? json : { result: json };
  const size = isObject(root.image) ? root.image : isObject(root.size) ? root.size
    : Array.isArray(root.images) && isObject(root.images[0]) ? root.images[0] : root;
  const reading = {
    width: isNumber(size.width) ? size.width : 0, height: isNumber(size.height) ? size.height : 0,
    items: [], classes: [], curves: [], pictures: null,
  };
  if (kind === "pictures") {
    reading.pictures = readPictures(Array.isArray(root.pictures) ? root.pictures : Array.isArray(json) ? json : [root]);
    return reading;
  }
  if (kind === "histogram" || !kind) reading.curves = readCurves(root, kind === "histogram");
  if (reading.curves.length) return reading;
  const categories = new Map((Array.isArray(root.categories) ? root.categories : []).map((one) => [one.id, one.name]));
  for (const name of listNames) {
    if (!Array.isArray(root[name])) continue;
    for (const entry of root[name]) {
      const item = readItem(entry, name, reading.items.length, categories);
      if (item) reading.items.push(item);
    }
  }
  const single = isObject(root.box) || (Array.isArray(root.box) && root.box.every(isNumber)) ? readItem(root, "box", 0, categories) : null;
  if (single && !reading.items.length) {
    // The only thing is not framed where its outline is there.
    single.isFramed = !single.mask;
    reading.items.push(single);
  }
  if (!reading.items.length) reading.classes = readClasses(root);
  // What has no name is told apart by its number.
  for (const item of reading.items) item.colourKey = item.label || `${item.index}`;
  toPixels(reading);
  return reading;
}

function readItem(entry, list, index, categories) {
  if (!isObject(entry) && !Array.isArray(entry)) return null;
  const object = Array.isArray(entry) ? (list === "contours" ? { points: entry } : { box: entry }) : entry;
  const item = {
    index, label: labelOf(object, categories), score: first(object, scoreNames, isNumber) ?? null,
    box: readBox(object), outlines: readOutlines(object, list), holes: points(object.holes, true), points: [],
    edges: [], line: null, circle: null, mask: null, isFramed: true, text: typeof object.text === "string" ? object.text : "", facts: facts(object),
  };
  if (list === "keypoints" && isNumber(object.x)) item.points = [readPoint(object)];
  else item.points = readPoints(object);
  item.edges = [object.edges, object.skeleton, object.limbs].find(Array.isArray)?.filter((edge) => Array.isArray(edge) && edge.length === 2) ?? [];
  item.line = readLine(object);
  const radius = object.radius ?? object.r;
  if (isNumber(radius)) {
    const centre = isObject(object.centre ?? object.center) ? object.centre ?? object.center : object;
    if (isNumber(centre.x)) item.circle = { x: centre.x, y: centre.y, radius };
    if (item.circle) item.box = null;
  }
  item.mask = readMask(object.mask ?? object.rle ?? (isObject(object.segmentation) ? object.segmentation : null), item);
  if (Array.isArray(object.mask?.polygons)) item.outlines.push(...object.mask.polygons.flatMap((one) => points(one, true)));
  else if (Array.isArray(object.mask)) item.outlines.push(...points(object.mask, true));
  const isSomewhere = item.box || item.outlines.length || item.points.length || item.line || item.circle || item.mask;
  return isSomewhere ? item : null;
}

function labelOf(object, categories) {
  const known = categories.get(object.category_id ?? object.categoryID);
  const label = known ?? first(object, labelNames, (value) => typeof value === "string" && value !== "");
  if (label) return label;
  const id = object.classID ?? object.class_id ?? object.class;
  return isNumber(id) ? `class ${id}` : "";
}

function readBox(object) {
  const given = object.box ?? object.bounds ?? object.boundingBox ?? object.rect ?? object.rectangle;
  if (Array.isArray(given) && given.length >= 4 && given.every(isNumber)) return corners(given);
  if (Array.isArray(object.xyxy)) return corners(object.xyxy);
  const wide = object.bbox ?? object.xywh;
  if (Array.isArray(wide) && wide.length >= 4) return { x: wide[0], y: wide[1], width: wide[2], height: wide[3] };
  const box = isObject(given) ? given : isObject(object.bbox) ? object.bbox : object;
  if (isNumber(box.x) && isNumber(box.width)) {
    // With a class beside it and no box, x and y are the centre.
    const isCentre = box === object && isNumber(object.confidence) && object.class !== undefined;
    const shift = isCentre ? 0.5 : 0;
    return { x: box.x - box.width * shift, y: box.y - box.height * shift, width: box.width, height: box.height };
  }
  const left = first(box, ["left", "xMin", "xmin", "minX"], isNumber) ?? (object.line || isNumber(object.x2) && !isObject(given) ? undefined : box.x1);
  const top = first(box, ["top", "yMin", "ymin", "minY", "y1"], isNumber);
  const right = first(box, ["right", "xMax", "xmax", "maxX", "x2"], isNumber);
  const bottom = first(box, ["bottom", "yMax", "ymax", "maxY", "y2"], isNumber);
  if ([left, top, right, bottom].every(isNumber)) return corners([left, top, right, bottom]);
  if (isNumber(left) && isNumber(top) && isNumber(box.width)) return { x: left, y: top, width: box.width, height: box.height };
  return null;
}

function corners([left, top, right, bottom]) { return { x: left, y: top, width: right - left, height: bottom - top }; }

function readLine(object) {
  if (isNumber(object.x1) && isNumber(object.x2) && !object.box) return [{ x: object.x1, y: object.y1 }, { x: object.x2, y: object.y2 }];
  const start = readPoint(object.start ?? object.from);
  const end = readPoint(object.end ?? object.to);
  return start && end ? [start, end] : null;
}

function readOutlines(object, list) {
  const given = object.polygon ?? object.polygons ?? object.contour ?? object.outline ?? object.corners ?? object.quad
    ?? (Array.isArray(object.segmentation) ? object.segmentation : null)
    ?? (["contours", "regions", "codes", "texts", "words"].includes(list) ? object.points : null);
  return points(given, true);
}

function readPoints(object) {
  const given = object.keypoints ?? object.landmarks ?? object.joints
    ?? (Array.isArray(object.points) && !object.polygon && isObject(object.points[0]) && object.box ? object.points : null);
  return points(given, false)[0] ?? [];
}

/** Lists of points in any of their spellings; with `many`, a list of lists too. */
function points(given, many) {
  if (!Array.isArray(given) || !given.length) return isObject(given) ? points(Object.entries(given).map(([name, point]) => ({ name, ...point })), many) : [];
  if (given.every(isNumber)) return [pairs(given)];
  if (many && Array.isArray(given[0]) && (Array.isArray(given[0][0]) || isObject(given[0][0]) || given[0].length > 4)) {
    return given.flatMap((one) => points(one, false));
  }
  if (many && isObject(given[0]) && Array.isArray(given[0].points)) return given.flatMap((one) => points(one.points, false));
  const list = given.map(readPoint).filter(Boolean);
  return list.length ? [list] : [];
}

function pairs(numbers) {
  const list = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) list.push({ x: numbers[index], y: numbers[index + 1] });
  return list;
}

function readPoint(given) {
  if (Array.isArray(given) && given.length >= 2 && given.slice(0, 2).every(isNumber)) return { x: given[0], y: given[1], score: given[2] };
  if (!isObject(given)) return null;
  const place = isObject(given.point) ? given.point : given;
  if (!isNumber(place.x) || !isNumber(place.y)) return null;
  return { x: place.x, y: place.y, score: first(given, scoreNames, isNumber) ?? given.visibility, name: given.name ?? given.label, size: given.size, angle: given.angle };
}

function readMask(given, item) {
  if (typeof given === "string" && given) return { image: given.startsWith("data:") ? given : `data:image/png;base64,${given}`, box: item.box };
  if (!isObject(given)) return null;
  const image = first(given, ["png", "data", "image"], (value) => typeof value === "string");
  const box = readBox(given) ?? (isNumber(given.x) ? { x: given.x, y: given.y, width: given.width, height: given.height } : null);
  if (image && !given.counts) return { image: image.startsWith("data:") ? image : `data:image/png;base64,${image}`, box: box ?? item.box };
  const counts = given.counts ?? given.rle ?? given.runs;
  const [height, width] = Array.isArray(given.size) ? given.size : [given.height, given.width];
  if (counts === undefined || !isNumber(width) || !isNumber(height)) return null;
  const isOffset = isNumber(given.x) || isNumber(given.left);
  return {
    counts, width, height, isRows: given.order === "row" || given.rowMajor === true,
    box: isOffset ? { x: given.x ?? given.left, y: given.y ?? given.top, width, height } : null,
  };
}

function facts(object) {
  const known = new Set([...scoreNames, ...labelNames, "text", "x", "y", "width", "height", "x1", "y1", "x2", "y2", "mask", "counts", "classID", "class_id", "id", "index"]);
  return Object.fromEntries(Object.entries(object).filter(
    ([name, value]) => !known.has(name) && (isNumber(value) || typeof value === "boolean" || (typeof value === "string" && value.length < 80))));
}

function readClasses(root) {
  const lists = [root.classes, root.classification, root.predictions, root.labels, root.top, root.result, root.results, root.scores].filter(Boolean);
  for (const list of lists) {
    const entries = Array.isArray(list) ? list : isObject(list) ? Object.entries(list).map(([label, score]) => ({ label, score })) : [];
    const classes = entries.filter(isObject)
      .map((entry) => ({ label: labelOf(entry, new Map()), score: first(entry, scoreNames, isNumber) }))
      .filter((entry) => entry.label && isNumber(entry.score));
    if (classes.length) return classes;
  }
  return [];
}

function readCurves(root, isSaid) {
  const isCurve = (value) => Array.isArray(value) && value.length >= 8 && value.every(isNumber);
  const places = [root.histogram, root.histograms, root.channels];
  // Lists of numbers can be anything, unless the app says that they are a histogram.
  if (isSaid) places.push(root.bins, root.result, root);
  for (const place of places) {
    if (isCurve(place)) return [{ name: "grey", values: place }];
    const entries = Array.isArray(place) ? place.map((entry, index) => [entry?.name ?? entry?.channel ?? `channel ${index + 1}`, entry])
      : isObject(place) ? Object.entries(place) : [];
    const curves = entries
      .map(([name, value]) => ({ name: String(name), values: isObject(value) ? value.values ?? value.counts ?? value.bins : value }))
      .filter((curve) => isCurve(curve.values));
    if (curves.length) return curves;
  }
  return [];
}

/** Turns shares of the picture into pixels, where all numbers are shares. */
function toPixels(reading) {
  const boxes = reading.items.map((item) => item.box).filter(Boolean);
  const isShare = boxes.length > 0 && reading.width > 2 && boxes.every(
    (box) => box.x <= 1 && box.y <= 1 && box.x + box.width <= 1.01 && box.y + box.height <= 1.01 && box.width > 0);
  if (!isShare) return;
  const { width, height } = reading;
  for (const item of reading.items) {
    if (item.box) item.box = { x: item.box.x * width, y: item.box.y * height, width: item.box.width * width, height: item.box.height * height };
    for (const point of [...item.points, ...item.outlines.flat()]) { point.x *= width; point.y *= height; }
  }
}
