// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Masks as pictures of their own: run lengths as COCO writes them, and PNG.
 */

/**
 * @param {object} mask as the reader gives it
 * @param {string} colour `#rrggbb`
 * @returns {Promise<HTMLCanvasElement|null>} coloured where the mask is set, else transparent
 */
export async function drawMask(mask, colour) {
  return mask.image ? fromImage(mask.image, colour) : fromRuns(mask, colour);
}

function rgb(colour) { return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16)); }

async function fromImage(source, colour) {
  const image = new Image();
  image.src = source;
  try { await image.decode(); } catch { return null; }
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, canvas.width, canvas.height);
  const [red, green, blue] = rgb(colour);
  for (let at = 0; at < data.data.length; at += 4) {
    const isSet = data.data[at] > 127 && data.data[at + 3] > 127;
    data.data.set([red, green, blue, isSet ? 255 : 0], at);
  }
  context.putImageData(data, 0, 0);
  return canvas;
}

const MOST_PIXELS = 50_000_000;

function fromRuns({ counts, width, height, isRows }, colour) {
  if (width * height > MOST_PIXELS || width < 1 || height < 1) return null;
  const runs = typeof counts === "string" ? unpackRuns(counts) : counts;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const data = context.createImageData(width, height);
  const [red, green, blue] = rgb(colour);
  const pixel = new Uint32Array(data.data.buffer);
  const ink = new Uint32Array(new Uint8ClampedArray([red, green, blue, 255]).buffer)[0];
  let at = 0;
  runs.forEach((length, index) => {
    const end = Math.min(at + length, width * height);
    if (index % 2 === 1) {
      // COCO counts down the columns.
      for (let place = at; place < end; place += 1) pixel[isRows ? place : (place % height) * width + Math.floor(place / height)] = ink;
    }
    at = end;
  });
  context.putImageData(data, 0, 0);
  return canvas;
}

/**
 * Draws the edge of a mask, as wide as other lines and with a dark border.
 *
 * @param {{ context: CanvasRenderingContext2D, scale: number, unit: number, line: number }} pen
 * @param {HTMLCanvasElement} mask
 * @param {{ x: number, y: number, width: number, height: number }} area where it lies
 */
export function paintEdge({ context, scale, unit, line }, mask, area) {
  const layer = document.createElement("canvas");
  layer.width = context.canvas.width;
  layer.height = context.canvas.height;
  const pen = layer.getContext("2d");
  const place = [area.x * scale, area.y * scale, area.width * scale, area.height * scale];
  const spread = (width) => {
    for (let step = 0; step < 16; step += 1) {
      const [right, down] = [Math.cos(step * Math.PI / 8) * width, Math.sin(step * Math.PI / 8) * width];
      pen.drawImage(mask, place[0] + right, place[1] + down, place[2], place[3]);
    }
  };
  spread(line + unit);
  // What is drawn so far becomes the dark border, the rest the line.
  pen.globalCompositeOperation = "source-in";
  pen.fillStyle = "rgb(0 0 0 / 0.5)";
  pen.fillRect(0, 0, layer.width, layer.height);
  pen.globalCompositeOperation = "source-over";
  spread(line);
  pen.globalCompositeOperation = "destination-out";
  pen.drawImage(mask, ...place);
  context.drawImage(layer, 0, 0);
}

/** The compressed text of COCO's run lengths: 5 bits in a character, each length from the third on a difference. */
export function unpackRuns(text) {
  const runs = [];
  let at = 0;
  while (at < text.length) {
    let value = 0;
    let shift = 0;
    let bits;
    do {
      bits = text.charCodeAt(at) - 48;
      value |= (bits & 31) << shift;
      shift += 5;
      at += 1;
    } while (bits & 32 && at < text.length && shift < 30);
    if (bits & 16 && shift < 32) value |= -1 << shift;
    if (runs.length > 2) value += runs[runs.length - 2];
    runs.push(value);
  }
  return runs;
}
