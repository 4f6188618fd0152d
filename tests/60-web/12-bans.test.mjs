// What the source may not contain, and that its types hold.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { CLIENT, filesIn, require, SOURCE } from "./support.mjs";

const scripts = filesIn(SOURCE, [".js"]);
const sheets = filesIn(SOURCE, [".css"]);
const all = [...scripts, ...sheets];
const code = (text) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

/** No file but those excepted may match. */
function banned(pattern, except = [], files = scripts) {
  const found = files.filter((file) => !except.includes(file.name) && pattern.test(code(file.text)));
  assert.deepEqual(found.map((file) => file.name), [], String(pattern));
}

test("no text becomes markup or code", () => {
  banned(/innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|DOMParser|createContextualFragment/);
  banned(/\beval\(|new Function|setTimeout\(\s*["`]|javascript:/);
  banned(/\bstyle=|\.setAttribute\(\s*["']style/);
  banned(/createPolicy|new Worker|serviceWorker\.register/, ["trusted.js"]);
});

test("only api.js talks to the server, only the outbox stores", () => {
  banned(/\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource/, ["api.js", "boot.js", "sw.js"]);
  banned(/indexedDB/, ["outbox-store.js"]);
  banned(/sessionStorage|document\.cookie|caches\./, ["sw.js"]);
  const kept = scripts.flatMap((file) => [...file.text.matchAll(/(?:get|set|remove)Item\(([^,)]+)/g)].map((one) => one[1]));
  const allowed = ['"crm.theme"', '"crm.lang"', '"crm.keys"', "SIGNED", "LOCKED", "CLOSING", "name"];
  assert.deepEqual([...new Set(kept)].filter((name) => !allowed.includes(name)), []);
});

test("no other origin, no debug output, no native questions", () => {
  banned(/console\.|debugger|\balert\(|\bconfirm\(|\bprompt\(/);
  banned(/https?:\/\/(?!www\.openstreetmap\.org\/\?mlat)/);
  banned(/@import url|url\(/, [], sheets);
});

test("times are never shown without a zone", () => {
  banned(/toLocale\w*String|\.getHours\(|\.getDate\(|toDateString/);
  banned(/DateTimeFormat/, ["time.js"]);
});

test("no words stand in the source", () => {
  const shown = scripts.filter((file) => !["sw.js", "boot.js"].includes(file.name)).flatMap(({ name, text }) => {
    const words = [...text.matchAll(/html`([\s\S]*?)`/g)].flatMap(([, template]) =>
      [...template.matchAll(/>([^<>$`{}]*[A-Za-z]{2,}[^<>$`{}]*)</g)].map((one) => one[1].trim()));
    return words.filter((word) => word && word !== "CRM" && !/[=?:&|]/.test(word)).map((word) => `${name}: ${word}`);
  });
  assert.deepEqual(shown, []);
});

test("sheets keep to their rules", () => {
  banned(/!important/, [], sheets);
  banned(/(^|[\s,}])#[a-z][\w-]*\s*[{,]/m, [], sheets);
  banned(/#[0-9a-f]{3,8}\b/i, ["styles/tokens.css", "components/photo-strip/photo-strip.css"], sheets);
  banned(/\b(margin|padding|border)-(left|right|top|bottom)\b|\b(left|right|top|bottom):/, [], sheets);
});

test("every file names its licence and stays within 400 lines", () => {
  for (const { name, text } of [...all, ...filesIn(CLIENT, [".mjs"]).filter((file) => !file.name.startsWith("node_modules"))]) {
    assert.ok(text.includes("SPDX-License-Identifier: ISC"), name);
    assert.ok(text.split("\n").length <= 401, name);
  }
  for (const { name, text } of scripts) {
    assert.ok(text.startsWith("// @ts-check\n"), name);
    assert.ok(!/export default/.test(text), name);
  }
});

test("screens know components, components know no screens", () => {
  for (const { name, text } of scripts) {
    const imports = [...text.matchAll(/^import .*from "(.*)";$/gm)].map((one) => one[1]);
    const others = imports.filter((path) => path.includes("screens/") || (name.startsWith("screens/") && /^\.\.\/(?!\.\.)/.test(path)));
    assert.deepEqual(others, [], name);
  }
});

test("the types hold", () => {
  execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "--noEmit", "-p", CLIENT], { stdio: "pipe" });
});

test("the lock file names no host", () => {
  const [{ text }] = filesIn(CLIENT, ["package-lock.json"]).filter((file) => file.name === "package-lock.json");
  assert.ok(!/"resolved"/.test(text));
});
