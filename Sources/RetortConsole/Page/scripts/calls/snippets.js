// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The request in the words of the command line and of languages, to copy.
 */

const quote = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;
const literal = (text) => JSON.stringify(String(text));
const isDefault = (draft) => draft.method === "GET" || (draft.method === "POST" && draft.body);

/** A line for curl, which runs as it stands where the files are in the current folder. */
export function curl(draft) {
  const words = ["curl"];
  if (!isDefault(draft)) words.push(`-X ${draft.method}`);
  words.push(quote(draft.url));
  for (const [name, value] of draft.headers) words.push(`-H ${quote(`${name}: ${value}`)}`);
  const { body } = draft;
  for (const part of body?.kind === "multipart" ? body.parts : []) {
    words.push(part.file ? `-F ${quote(`${part.name}=@"${part.filename.replaceAll(/["\\]/g, "\\$&")}"`)}`
      : `--form-string ${quote(`${part.name}=${part.text}`)}`);
  }
  for (const part of body?.kind === "form" ? body.parts : []) words.push(`--data-urlencode ${quote(`${part.name}=${part.text}`)}`);
  if (body?.kind === "text") words.push(`--data-raw ${quote(body.text)}`);
  if (body?.kind === "file") words.push(`--data-binary ${quote(`@${body.filename}`)}`);
  const accepts = draft.headers.find(([name]) => name === "Accept")?.[1] ?? "";
  if (accepts.startsWith("image/")) words.push(`-o ${quote(`answer.${extension(accepts)}`)}`);
  const line = words.join(" ");
  return line.length <= 100 ? line : words.join(" \\\n  ");
}

/** Python with `requests`. */
export function python(draft) {
  const lines = ["import requests", ""];
  const given = [literal(draft.url)];
  if (draft.headers.length) given.push(`headers=${dictionary(draft.headers)}`);
  const { body } = draft;
  if (body?.kind === "multipart") {
    const files = body.parts.map((part) => part.file
      ? `    (${literal(part.name)}, open(${literal(part.filename)}, "rb")),`
      : `    (${literal(part.name)}, (None, ${literal(part.text)})),`);
    lines.push("files = [", ...files, "]");
    given.push("files=files");
  } else if (body?.kind === "form") given.push(`data=${dictionary(body.parts.map((part) => [part.name, part.text]))}`);
  else if (body?.kind === "text") given.push(`data=${literal(body.text)}.encode()`);
  else if (body?.kind === "file") given.push(`data=open(${literal(body.filename)}, "rb")`);
  lines.push(`answer = requests.request(${literal(draft.method)}, ${given.join(", ")})`, "answer.raise_for_status()");
  lines.push(answersJSON(draft) ? "print(answer.json())" : `open("answer", "wb").write(answer.content)`);
  return lines.join("\n");
}

/** JavaScript with `fetch`, where `file` stands for what the user chose. */
export function javascript(draft) {
  const lines = [];
  const { body } = draft;
  const options = [`  method: ${literal(draft.method)},`];
  if (draft.headers.length) options.push(`  headers: ${dictionary(draft.headers)},`);
  if (body?.kind === "multipart") {
    lines.push("const form = new FormData();");
    for (const part of body.parts) lines.push(`form.append(${literal(part.name)}, ${part.file ? "file" : literal(part.text)});`);
    options.push("  body: form,");
  } else if (body?.kind === "form") options.push(`  body: new URLSearchParams(${dictionary(body.parts.map((part) => [part.name, part.text]))}),`);
  else if (body?.kind === "text") options.push(`  body: ${literal(body.text)},`);
  else if (body?.kind === "file") options.push("  body: file,");
  lines.push(`const response = await fetch(${literal(draft.url)}, {`, ...options, "});");
  lines.push(`const answer = await response.${answersJSON(draft) ? "json" : "blob"}();`);
  return lines.join("\n");
}

/** Swift with Foundation. */
export function swift(draft) {
  const lines = ["import Foundation", "", `var request = URLRequest(url: URL(string: ${literal(draft.url)})!)`];
  lines.push(`request.httpMethod = ${literal(draft.method)}`);
  for (const [name, value] of draft.headers) lines.push(`request.setValue(${literal(value)}, forHTTPHeaderField: ${literal(name)})`);
  const { body } = draft;
  if (body?.kind === "multipart") lines.push(...swiftForm(body.parts));
  else if (body?.kind === "form") lines.push(`request.httpBody = Data(${literal(new URLSearchParams(body.parts.map((part) => [part.name, part.text])))}.utf8)`);
  else if (body?.kind === "text") lines.push(`request.httpBody = Data(#${literal(body.text).replaceAll('\\"', '"')}#.utf8)`);
  else if (body?.kind === "file") lines.push(`request.httpBody = try Data(contentsOf: URL(fileURLWithPath: ${literal(body.filename)}))`);
  lines.push("let (answer, response) = try await URLSession.shared.data(for: request)");
  return lines.join("\n");
}

function swiftForm(parts) {
  const lines = [
    "let boundary = UUID().uuidString",
    'request.setValue("multipart/form-data; boundary=\\(boundary)", forHTTPHeaderField: "Content-Type")',
    "var body = Data()",
  ];
  for (const part of parts) {
    const name = part.name.replaceAll('"', "%22");
    const file = part.file ? `; filename=\\"${part.filename.replaceAll('"', "%22")}\\"\\r\\nContent-Type: ${part.file.type || "application/octet-stream"}` : "";
    lines.push(`body += Data("--\\(boundary)\\r\\nContent-Disposition: form-data; name=\\"${name}\\"${file}\\r\\n\\r\\n".utf8)`);
    lines.push(part.file ? `body += try Data(contentsOf: URL(fileURLWithPath: ${literal(part.filename)}))` : `body += Data(${literal(part.text)}.utf8)`);
    lines.push('body += Data("\\r\\n".utf8)');
  }
  return [...lines, 'body += Data("--\\(boundary)--\\r\\n".utf8)', "request.httpBody = body"];
}

/** What there is to choose from. */
export const snippets = { curl, Python: python, JavaScript: javascript, Swift: swift };

function dictionary(pairs) { return `{ ${pairs.map(([name, value]) => `${literal(name)}: ${literal(value)}`).join(", ")} }`; }

function answersJSON(draft) {
  const accepts = draft.headers.find(([name]) => name === "Accept")?.[1] ?? "application/json";
  return accepts.includes("json");
}

/** The end of a file's name for a media type. */
export function extension(type) {
  const [, subtype = "bin"] = type.split(";")[0].split("/");
  return { jpeg: "jpg", "svg+xml": "svg", plain: "txt", "octet-stream": "bin", "problem+json": "json" }[subtype] ?? subtype;
}
