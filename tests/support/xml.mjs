// Reads the XML of Open311 answers: elements and text, nothing else. What is
// not well-formed throws.
//
// SPDX-License-Identifier: ISC

const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", "#13": "\r", "#xD": "\r" };

function textOf(raw) {
  if (/[<>]|&(?!(lt|gt|amp|quot|apos|#13|#xD);)/.test(raw)) throw new Error(`not well-formed: ${raw}`);
  return raw.replace(/&([^;]+);/g, (_, name) => ENTITIES[name]);
}

/** The root element as {name, text, children}. */
export function parseXml(document) {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error(`no declaration: ${document.slice(0, 60)}`);
  const top = { name: "", text: "", children: [] };
  const open = [top];
  for (const [, tag, text] of document.slice(declaration.length).matchAll(/<([^>]*)>|([^<]+)/g)) {
    const inner = open.at(-1);
    if (text !== undefined) {
      if (inner !== top) inner.text += textOf(text);
      continue;
    }
    if (tag.startsWith("/")) {
      if (open.pop().name !== tag.slice(1)) throw new Error(`</${tag}> ends another`);
      continue;
    }
    if (!/^[a-z][a-z0-9_]*$/i.test(tag)) throw new Error(`<${tag}>`);
    const element = { name: tag, text: "", children: [] };
    inner.children.push(element);
    open.push(element);
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error("not one root");
  return top.children[0];
}

/** A value of JSON as the text an element has for it. */
const plain = (value) => (value === null ? "" : String(value));

/** Whether an element says just what a value of JSON says; throws where not. */
export function sameAsJson(element, value, entry) {
  const where = `<${element.name}>`;
  if (Array.isArray(value)) {
    if (element.children.length !== value.length) throw new Error(`${where}: ${element.children.length} of ${value.length}`);
    for (const [index, child] of element.children.entries()) {
      if (child.name !== entry) throw new Error(`${where} holds <${child.name}>`);
      sameAsJson(child, value[index]);
    }
  } else if (typeof value === "object" && value !== null) {
    const names = element.children.map(({ name }) => name);
    if (names.join() !== Object.keys(value).join()) throw new Error(`${where}: ${names} for ${Object.keys(value)}`);
    for (const child of element.children) sameAsJson(child, value[child.name]);
  } else if (element.children.length > 0 || element.text !== plain(value)) {
    throw new Error(`${where}: ${element.text} for ${plain(value)}`);
  }
}
