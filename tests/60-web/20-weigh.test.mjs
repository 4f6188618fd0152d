// What the client weighs on the wire, as the server sends it.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { request } from "node:https";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { test } from "node:test";
import { BASE, instance } from "./browser.mjs";

const KB = 1024;

/** An answer with its body as it came over the wire. */
function get(path, coding = "br") {
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, BASE), { ca: instance.ca, headers: { accept: "text/html, */*", "accept-encoding": coding } }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
    });
    call.on("error", reject);
    call.end();
  });
}

const page = await get("/");
const text = brotliDecompressSync(page.body).toString();
const paths = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((one) => one[1]);

test("the page names what it needs and nothing stands inline", () => {
  assert.equal(page.status, 200);
  assert.ok(!/<script(?![^>]*\bsrc=)/.test(text), "an inline script");
  assert.ok(!/<style|style="|\son\w+="/.test(text), "an inline style or handler");
  assert.match(text, /<h1>CRM Jakarta<\/h1>/);
  assert.match(text, /interactive-widget=resizes-content/);
});

test("the first route keeps to its budget", async () => {
  const files = await Promise.all(paths.map(async (path) => ({ path, ...(await get(path)) })));
  assert.deepEqual(files.filter((file) => file.status !== 200), []);
  const sum = (pattern) => files.filter((file) => pattern.test(file.path)).reduce((all, file) => all + file.body.length, 0);
  const figures = { js: sum(/\.js$/), css: sum(/\.css$/), html: page.body.length, requests: files.length + 3 };
  console.log(`figures: first route ${JSON.stringify(figures)} bytes (br)`);
  assert.ok(figures.js <= 45 * KB, `scripts ${figures.js}`);
  assert.ok(figures.css <= 14 * KB, `styles ${figures.css}`);
  assert.ok(figures.js + figures.css + figures.html + 20 * KB <= 90 * KB, "all of it");
  assert.ok(figures.requests <= 10, `${figures.requests} requests with session, list and page`);
});

test("files with a hash stay, the rest is asked for again", async () => {
  for (const path of paths.filter((one) => one.startsWith("/assets/"))) {
    const { headers } = await get(path);
    assert.match(headers["cache-control"], /max-age=31536000.*immutable/, path);
  }
  for (const path of ["/", "/sw.js", "/manifest.webmanifest"]) {
    const { headers } = await get(path);
    assert.match(headers["cache-control"], /no-cache/, path);
    assert.ok(headers.etag, path);
  }
  const zipped = await get("/", "gzip");
  assert.equal(gunzipSync(zipped.body).toString(), text);
});

test("the whole shell is small and holds no API", async () => {
  const worker = brotliDecompressSync((await get("/sw.js")).body).toString();
  const files = [...new Set(worker.match(/"\/[^"]*"/g).map((one) => JSON.parse(one)))].filter((one) => one === "/" || /\.\w+$/.test(one));
  assert.ok(files.length > 10);
  assert.deepEqual(files.filter((file) => file.startsWith("/api")), []);
  let sum = 0;
  for (const file of files) {
    const { status, body } = await get(file);
    assert.equal(status, 200, file);
    sum += body.length;
  }
  console.log(`figures: shell ${files.length} files, ${sum} bytes (br)`);
  assert.ok(sum <= 250 * KB, `${sum}`);
});

test("a report and every form of its steps come as little more", async () => {
  const worker = brotliDecompressSync((await get("/sw.js")).body).toString();
  const figures = {};
  for (const name of ["report", "follow-up", "step-sheet"]) {
    const { status, body } = await get(new RegExp(`/assets/${name}-[0-9A-F]+\\.js`).exec(worker)[0]);
    assert.equal(status, 200, name);
    figures[name] = body.length;
  }
  console.log(`figures: report ${JSON.stringify(figures)} bytes (br)`);
  assert.ok(figures.report + figures["step-sheet"] <= 25 * KB, JSON.stringify(figures));
});

test("triage, counter, lists and map come to those who open them", async () => {
  const worker = brotliDecompressSync((await get("/sw.js")).body).toString();
  const most = { triage: 10, counter: 6, lists: 5, channels: 6, "place-picker": 45 };
  const figures = {};
  for (const name of Object.keys(most)) {
    const path = new RegExp(`/assets/${name}-[0-9A-F]+\\.js`).exec(worker)[0];
    assert.ok(!text.includes(path), `${name} is asked for before the first paint`);
    figures[name] = (await get(path)).body.length;
    assert.ok(figures[name] <= most[name] * KB, `${name} ${figures[name]}`);
  }
  console.log(`figures: desk ${JSON.stringify(figures)} bytes (br)`);
});

test("an unknown address of the client gets the page, an unknown file does not", async () => {
  assert.equal(brotliDecompressSync((await get("/reports/x/follow-up")).body).toString(), text);
  assert.equal((await get("/assets/app-00000000.js")).status, 404);
});
