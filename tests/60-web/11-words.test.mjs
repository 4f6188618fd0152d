// The catalogues: same keys, same gaps, nothing missing, nothing left over.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, filesIn, SOURCE } from "./support.mjs";

const id = catalogue("id");
const en = catalogue("en");
const source = filesIn(SOURCE, [".js"]).map((file) => file.text.replace(/^\s*(\/\/|\/?\*).*$/gm, "")).join("\n");

/** Keys written out, and patterns of keys that are put together. */
function used() {
  const whole = new Set([...source.matchAll(/"([a-z][a-z_-]*(?:\.[a-z_-]+)+)"/g)].map((one) => one[1]));
  const built = [...source.matchAll(/`([a-z_.]+\$\{[^`]*)`/g)].map(([, text]) => {
    const pattern = text.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(".", "\\.")).join("[\\w-]+");
    return new RegExp(`^${pattern}$`);
  });
  return { whole, built };
}

const plain = (key) => key.replace(/\.(one|other)$/, "");

test("both languages have the same keys", () => {
  const keys = (one) => [...new Set(Object.keys(one).map(plain))].sort();
  assert.deepEqual(keys(id), keys(en));
  for (const key of Object.keys(en).filter((one) => one.endsWith(".one"))) {
    assert.ok(en[`${plain(key)}.other`], `${key} has no plural`);
  }
});

test("both languages fill in the same values", () => {
  const gaps = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((gap) => gap[1]).sort();
  for (const [key, text] of Object.entries(id)) {
    assert.deepEqual(gaps(text), gaps(en[key]), key);
  }
});

test("no text is empty, raw or left over", () => {
  const { whole, built } = used();
  for (const [key, text] of [...Object.entries(id), ...Object.entries(en)]) {
    assert.ok(text.trim(), key);
    assert.ok(!/undefined|null|<|>/.test(text), key);
    const isUsed = whole.has(key) || whole.has(plain(key)) || built.some((pattern) => pattern.test(key));
    assert.ok(isUsed, `nobody uses ${key}`);
  }
});

test("no key in the source is missing", () => {
  const known = new Set(Object.keys(id).map(plain));
  for (const [, key] of source.matchAll(/\btn?\(\s*"([^"]+)"/g)) {
    assert.ok(known.has(plain(key)), key);
  }
});

test("the keys are in order", () => {
  assert.deepEqual(Object.keys(id), Object.keys(id).slice().sort());
  assert.deepEqual(Object.keys(en), Object.keys(en).slice().sort());
});
