// Text into HTML: all of it is escaped, and the few marks that docs/openapi.yaml
// uses become elements.
// SPDX-License-Identifier: ISC

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {unknown} text */
export const escape = (text) => String(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter]);

export const code = (text) => `<code>${escape(text)}</code>`;

/** `code` and **strong** within a line. */
export function inline(text) {
  return escape(text).split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith("`")) return `<code>${part.slice(1, -1)}</code>`;
    return part.startsWith("**") ? `<strong>${part.slice(2, -2)}</strong>` : part;
  }).join("");
}

/** Paragraphs, parted by empty lines. */
export const paragraphs = (text) => (text ?? "").trim().split(/\n\s*\n/).filter(Boolean).map((one) => `<p>${inline(one)}</p>`).join("\n");

/** A description within a cell. */
export const line = (text) => inline((text ?? "").trim().replace(/\s*\n\s*/g, " "));

export const json = (value) => `<pre tabindex="0"><code>${escape(typeof value === "string" ? value : JSON.stringify(value, null, 2))}</code></pre>`;

/** A table that may be wider than a phone. */
export function table(caption, heads, rows) {
  if (rows.length === 0) return "";
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join("");
  const body = rows.map(([first, ...rest]) => `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return `<div class="wide" tabindex="0" role="region" aria-label="${escape(caption)}"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

export const anchor = (kind, name) => `${kind}-${name.replace(/[^A-Za-z0-9_-]/g, "-")}`;

/** A part that opens on demand. */
export const folded = (summary, content) => `<details><summary>${summary}</summary>\n${content}\n</details>`;
