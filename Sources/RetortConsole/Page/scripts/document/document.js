// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The app's description of itself.
 */

import { Operation } from "./operation.js";

const METHODS = new Set(["get", "post", "put", "patch", "delete", "head", "options", "trace"]);

/** An OpenAPI document with its operations in the order in which the app declares them. */
export class ApiDocument {
  /**
   * @param {object} root the document
   * @param {string} url where it was read: relative addresses of servers start there
   */
  constructor(root, url) {
    this.root = root;
    this.title = root.info?.title ?? "";
    this.version = root.info?.version ?? "";
    this.base = new URL(root.servers?.[0]?.url ?? "/", url).href.replace(/\/$/, "");
    this.schemes = root.components?.securitySchemes ?? {};
    this.operations = [];
    for (const [path, item] of Object.entries(root.paths ?? {})) {
      for (const method of Object.keys(item).filter((name) => METHODS.has(name))) {
        this.operations.push(new Operation(root, path, method, item, item[method]));
      }
    }
  }

  /** The operations by tag; those without one come last. */
  get groups() {
    const groups = new Map();
    for (const operation of this.operations) {
      const tag = operation.tags[0] ?? "";
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operation);
    }
    const untagged = groups.get("");
    if (untagged) {
      groups.delete("");
      groups.set("", untagged);
    }
    return groups;
  }

  /**
   * The operation that a name means: an identifier, `POST /path`, a path, or the last part of one.
   *
   * Where several fit, one that takes a file is meant rather than one that takes an address.
   */
  find(name) {
    if (!name) return null;
    const text = name.trim();
    const path = text.startsWith("/") ? text : `/${text}`;
    const tests = [
      (one) => one.id === text,
      (one) => `${one.method} ${one.path}`.toLowerCase() === text.toLowerCase(),
      (one) => one.path === path,
      (one) => one.path.endsWith(path),
    ];
    for (const test of tests) {
      const fitting = this.operations.filter(test);
      if (fitting.length) return fitting.find((one) => one.takesPictureFile) ?? fitting[0];
    }
    return null;
  }

  /** The operation to begin with. */
  first(start) {
    return this.find(start)
      ?? this.operations.find((one) => one.takesPictureFile && !one.picture.many)
      ?? this.operations.find((one) => one.body)
      ?? this.operations[0] ?? null;
  }

  /** The operations that lists show: those that take a file stand for their siblings that take an address alone. */
  get listed() { return this.operations.filter((one) => !this.isFolded(one)); }

  /** Whether an operation is the lesser half of another: a GET of a picture's address, where a POST takes files. */
  isFolded(operation) {
    return operation.method === "GET" && Boolean(operation.picture?.url) && !operation.takesPictureFile
      && this.siblingWithFile(operation) !== null;
  }

  /** The operation that is folded into this one, if there is one. */
  foldedInto(operation) {
    return this.operations.find((one) => this.isFolded(one) && this.siblingWithFile(one) === operation) ?? null;
  }

  /** The operation of the same path that takes a file, for one that takes an address alone. */
  siblingWithFile(operation) {
    return this.operations.find((one) => one.path === operation.path && one !== operation && one.takesPictureFile)
      ?? null;
  }
}

/**
 * Reads the document.
 *
 * @param {string} address
 * @returns {Promise<ApiDocument>}
 */
export async function loadDocument(address) {
  const url = new URL(address, location.href);
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status} ${response.statusText}`.trim());
  const root = await response.json().catch(() => null);
  if (!root || typeof root !== "object" || !String(root.openapi ?? "").startsWith("3.")) {
    throw new Error(`${url.pathname} is not an OpenAPI 3 document`);
  }
  return new ApiDocument(root, url);
}
