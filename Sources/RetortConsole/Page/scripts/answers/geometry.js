// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where things are: their outlines, what is inside, and how large they are.
 */

/** The outline of an item as a path. */
export function outlineOf(item, scale) {
  const path = new Path2D();
  const isOutlined = item.outlines.length > 0;
  if (item.box && item.isFramed && !isOutlined) path.rect(item.box.x * scale, item.box.y * scale, item.box.width * scale, item.box.height * scale);
  for (const points of [...item.outlines, ...item.holes]) addPolygon(path, points, scale);
  if (item.line) {
    path.moveTo(item.line[0].x * scale, item.line[0].y * scale);
    path.lineTo(item.line[1].x * scale, item.line[1].y * scale);
  }
  if (item.circle) {
    path.moveTo((item.circle.x + item.circle.radius) * scale, item.circle.y * scale);
    path.arc(item.circle.x * scale, item.circle.y * scale, item.circle.radius * scale, 0, 2 * Math.PI);
  }
  return path;
}

function addPolygon(path, points, scale) {
  points.forEach((point, index) => index ? path.lineTo(point.x * scale, point.y * scale) : path.moveTo(point.x * scale, point.y * scale));
  if (points.length > 2) path.closePath();
}

/** Whether a place belongs to an item, or nearly so. */
export function contains(item, place, near) {
  if (item.outlines.length) return item.outlines.some((points) => isInside(points, place) || isNearLine(points, place, near));
  if (item.circle) return Math.hypot(place.x - item.circle.x, place.y - item.circle.y) <= item.circle.radius + near;
  if (item.line) return isNearLine(item.line, place, near);
  if (item.box) {
    const { x, y, width, height } = item.box;
    return place.x >= x - near / 3 && place.y >= y - near / 3 && place.x <= x + width + near / 3 && place.y <= y + height + near / 3;
  }
  return item.points.some((point) => Math.hypot(place.x - point.x, place.y - point.y) <= near);
}

function isInside(points, place) {
  let inside = false;
  for (let index = 0, before = points.length - 1; index < points.length; before = index, index += 1) {
    const [one, two] = [points[index], points[before]];
    if ((one.y > place.y) !== (two.y > place.y) && place.x < ((two.x - one.x) * (place.y - one.y)) / (two.y - one.y) + one.x) inside = !inside;
  }
  return inside;
}

function isNearLine(points, place, near) {
  return points.some((point, index) => {
    const next = points[(index + 1) % points.length];
    const [dx, dy] = [next.x - point.x, next.y - point.y];
    const along = Math.min(1, Math.max(0, ((place.x - point.x) * dx + (place.y - point.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(place.x - point.x - along * dx, place.y - point.y - along * dy) <= near;
  });
}

/** The area that an item covers, for finding the smallest. */
export function sizeOf(item) {
  const box = boundsOf(item);
  return item.line ? 0 : box.width * box.height;
}

/** The box around an item. */
export function boundsOf(item) {
  if (item.box) return item.box;
  if (item.circle) {
    const { x, y, radius } = item.circle;
    return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  }
  const points = [...item.outlines.flat(), ...(item.line ?? []), ...item.points];
  if (!points.length) return { x: 0, y: 0, width: 0, height: 0 };
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  const [left, top] = [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.min(a, b))];
  return { x: left, y: top, width: xs.reduce((a, b) => Math.max(a, b)) - left, height: ys.reduce((a, b) => Math.max(a, b)) - top };
}
