// A client that looks at every answer it gets: headers, labels, problems. What
// is true of all answers is checked here, so that each test checks it.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { Client } from "./client.mjs";

/** The exact texts of the product. */
export const LABELS = {
  en: {
    private: "The report is private. Do not share the information in this report with anyone",
    public: "Do not share the information in this report with anyone",
  },
  id: {
    private: "Laporan bersifat privasi. Jangan berikan informasi dalam laporan ini kepada siapapun",
    public: "Jangan berikan informasi dalam laporan ini kepada siapapun",
  },
};

const PROBLEM_MEMBERS = ["confidentiality", "type", "title", "status", "detail", "request_id", "errors", "code"];
/** Answers that hold nothing about any report. */
const REFERENCE = /^\/api\/v1\/(units|categories|areas|openapi\.json)|^\/(healthz|readyz)/;

export class CheckedClient extends Client {
  #headers;

  constructor(instance, headers = {}, options = {}) {
    super(instance, headers, options);
    this.#headers = headers;
  }

  async send(method, path, options = {}) {
    const answer = await super.send(method, path, options);
    const all = { ...this.#headers, ...options.headers };
    const language = Object.entries(all).find(([name]) => name.toLowerCase() === "accept-language")?.[1];
    checkAnswer(answer, `${method} ${path}`, path, language?.startsWith("id") ? "id" : "en");
    return answer;
  }
}

/** Throws unless the answer keeps every promise that all answers keep. */
export function checkAnswer(answer, what, path, language = "en") {
  assert.notEqual(answer.status, 500, `${what}: ${answer.text}`);
  checkHeaders(answer.headers, what);
  if (path.startsWith("/open311/")) {
    checkGeoReport(answer, what);
    return;
  }
  if (!path.startsWith("/api/") && answer.status < 400 && !REFERENCE.test(path)) return;
  checkCache(answer, what, path);
  if (answer.json === undefined) return;
  checkLabel(answer, what, language);
  if (answer.status >= 400) checkProblem(answer, what);
}

/** The headers that go with every answer, errors included. */
export function checkHeaders(headers, what) {
  const has = (name, pattern) => assert.match(headers[name] ?? "", pattern, `${what}: header ${name}`);
  has("date", /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
  has("strict-transport-security", /^max-age=(3153[6-9]\d{3}|[4-9]\d{7}|\d{9,})/);
  has("x-content-type-options", /^nosniff$/);
  has("referrer-policy", /^no-referrer$/);
  has("cross-origin-opener-policy", /^same-origin$/);
  has("cross-origin-resource-policy", /^same-origin$/);
  has("permissions-policy", /microphone=\(\)/);
  has("content-security-policy", /default-src 'none'/);
  assert.equal(headers.server, undefined, `${what}: no server header`);
  assert.equal(headers["x-powered-by"], undefined, what);
  assert.equal(headers["access-control-allow-origin"], undefined, `${what}: no other origin may read`);
}

function checkCache(answer, what, path) {
  const { headers, status } = answer;
  if (status === 304 || status === 204) return;
  assert.match(headers["x-confidentiality"] ?? "", /^(private|public)$/, `${what}: X-Confidentiality`);
  if (status < 400 && REFERENCE.test(path)) return;
  assert.equal(headers["cache-control"], "no-store", `${what}: Cache-Control`);
}

/** Open311 has a form of its own: no label in bodies, errors as lists. */
function checkGeoReport(answer, what) {
  const { headers, status } = answer;
  if (status === 204) return;
  assert.equal(headers["x-confidentiality"], "public", `${what}: X-Confidentiality`);
  assert.equal(headers["cache-control"], "no-store", `${what}: Cache-Control`);
  if (status < 400) return;
  if (answer.body.length === 0) return;
  // Refused by the head alone, before the address is looked at.
  if (headers["content-type"] === "application/problem+json" && [411, 413].includes(status)) return;
  if (answer.json === undefined) {
    assert.equal(headers["content-type"], "text/xml; charset=utf-8", what);
    assert.match(answer.text, new RegExp(`^<\\?xml version="1.0" encoding="UTF-8"\\?>\\n<errors>(<error><code>${status}</code><description>[^<]+</description></error>)+</errors>\\n$`), what);
    return;
  }
  assert.equal(headers["content-type"], "application/json; charset=utf-8", what);
  assert.ok(answer.json.length > 0, what);
  for (const error of answer.json) {
    assert.deepEqual(Object.keys(error), ["code", "description"], what);
    assert.equal(error.code, status, what);
    assert.ok(error.description.length > 0, what);
  }
}

/** The label of a level in a language, as the body carries it. */
export function labelOf(level, language = "en") {
  return { level, label: LABELS[language][level] };
}

function checkLabel(answer, what, language) {
  const { json, headers } = answer;
  const reports = [json.report, ...(json.items ?? [])].filter((one) => one?.visibility);
  for (const report of reports) {
    assert.deepEqual(report.confidentiality, labelOf(report.visibility, language), `${what}: label of the report`);
  }
  assert.match(json.confidentiality?.level ?? "", /^(private|public)$/, `${what}: level`);
  if (reports.length > 0 || json.items?.length === 0 || answer.status >= 400) {
    const level = reports.some((one) => one.visibility === "private") ? "private" : "public";
    assert.equal(json.confidentiality.level, level, `${what}: level of the whole`);
  }
  assert.deepEqual(json.confidentiality, labelOf(json.confidentiality.level, language), `${what}: label`);
  assert.equal(headers["x-confidentiality"], json.confidentiality.level, `${what}: X-Confidentiality`);
}

function checkProblem(answer, what) {
  const { json, headers, status } = answer;
  assert.equal(headers["content-type"], "application/problem+json", what);
  assert.match(json.type, /^\/problems\/[a-z-]+$/, what);
  assert.equal(json.status, status, what);
  for (const member of ["title", "detail", "request_id"]) {
    assert.ok(typeof json[member] === "string" && json[member] !== "", `${what}: ${member}`);
  }
  for (const member of Object.keys(json)) {
    assert.ok(PROBLEM_MEMBERS.includes(member), `${what}: unknown member ${member}`);
  }
  for (const error of json.errors ?? []) {
    assert.deepEqual(Object.keys(error), ["pointer", "code", "detail"], what);
  }
  if (status === 429 || status === 503) assert.match(headers["retry-after"] ?? "", /^[1-9]\d*$/, `${what}: Retry-After`);
}

/** The answer is a problem of this status; `errors` as [pointer, code] pairs when given. */
export function assertProblem(answer, status, errors) {
  assert.equal(answer.status, status, answer.text);
  assert.ok(answer.json, `a problem has a body (${status})`);
  if (errors === undefined) return;
  const found = (answer.json.errors ?? []).map(({ pointer, code }) => [pointer, code]);
  const sorted = (pairs) => pairs.map((pair) => pair.join(" ")).sort();
  assert.deepEqual(sorted(found), sorted(errors), answer.text);
}
