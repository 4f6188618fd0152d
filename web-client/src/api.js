// @ts-check
// The only file that talks to the server: one function per route and one
// error class. Nothing an answer holds is ever stored from here.
// SPDX-License-Identifier: ISC
import { network, reached, unreachable } from "./network.js";
import { asked } from "./t.js";
import { learnServerTime } from "./time.js";

const READ_TIMEOUT = 15_000;
const UPLOAD_TIMEOUT = 180_000;

/**
 * `code` is the slug of the problem, or "offline" and "timeout" when no
 * answer came. `status` is 0 then.
 */
export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {{status?: number, title?: string, request?: string, retry?: number,
   *   detail?: string, errors?: {pointer: string, code: string}[]}} [about]
   */
  constructor(code, about = {}) {
    super(about.title ?? code);
    this.name = "ApiError";
    this.code = code;
    this.status = about.status ?? 0;
    this.request = about.request ?? "";
    this.retry = about.retry ?? 0;
    this.detail = about.detail ?? "";
    this.errors = about.errors ?? [];
  }

  /** True when the same request may succeed later without a change. */
  get isTransient() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

let signedOut = () => {};

/** @param {() => void} hook called when an answer says: sign in first */
export function whenSignedOut(hook) {
  signedOut = hook;
}

/** @param {number} status @param {any} body @param {(name: string) => string|null} header */
function problem(status, body, header) {
  const slug = String(body?.type ?? "").split("/").pop() || `http-${status}`;
  return new ApiError(slug, {
    status,
    title: body?.title,
    request: body?.request_id ?? "",
    retry: Number(header("Retry-After")) || 0,
    detail: body?.code ?? "",
    errors: body?.errors ?? [],
  });
}

/** @param {string} text */
function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/**
 * What boot.js asked for already, once; else the request itself.
 * @param {string} path @param {RequestInit} options
 * @returns {Promise<Response>}
 */
function ask(path, options) {
  /** @type {Map<string, Promise<Response>>|undefined} */
  const early = /** @type {any} */ (globalThis).crmEarly;
  const answer = options.method === "GET" && early?.get(path);
  early?.delete(path);
  return answer || fetch(path, options);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{body?: any, headers?: Record<string, string>, signal?: AbortSignal,
 *   quiet?: boolean, cache?: RequestCache}} [options] quiet: a 401 is the caller's business
 */
export async function request(method, path, options = {}) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort("timeout"), READ_TIMEOUT);
  options.signal?.addEventListener("abort", () => abort.abort("dropped"));
  /** @type {Record<string, string>} */
  const headers = { "Accept-Language": asked(), ...options.headers };
  if (method !== "GET") {
    headers["X-CRM"] = "1";
  }
  if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const started = performance.now();
  try {
    const answer = await ask(path, {
      method,
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: abort.signal,
      cache: options.cache ?? "no-store",
      credentials: "same-origin",
    });
    const body = parse(await answer.text());
    reached(performance.now() - started);
    learnServerTime(answer.headers.get("Date"));
    if (answer.ok) {
      return { body, etag: answer.headers.get("ETag") };
    }
    throw refused(problem(answer.status, body, (name) => answer.headers.get(name)), options.quiet);
  } catch (error) {
    throw lost(error, abort.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** @param {ApiError} error @param {boolean} [quiet] */
function refused(error, quiet) {
  if (error.status === 401 && !quiet) {
    signedOut();
  }
  return error;
}

/** @param {unknown} error @param {AbortSignal} signal */
function lost(error, signal) {
  if (error instanceof ApiError) {
    return error;
  }
  if (signal.aborted && signal.reason === "dropped") {
    return new ApiError("dropped");
  }
  unreachable();
  return new ApiError(signal.aborted ? "timeout" : "offline");
}

/**
 * Reads may be asked again once: a lost packet is not worth an error page.
 * @param {string} path @param {AbortSignal} [signal] @param {RequestCache} [cache]
 */
export async function read(path, signal, cache) {
  const wasOnline = network.value !== "offline";
  try {
    return await request("GET", path, { signal, cache });
  } catch (error) {
    const again = error instanceof ApiError && error.code === "offline";
    if (!again || !wasOnline || !navigator.onLine) {
      throw error;
    }
    return request("GET", path, { signal, cache });
  }
}

/**
 * @param {Record<string, string|string[]|undefined>} values
 */
export function query(values) {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text) {
      out.set(name, text);
    }
  }
  const text = out.toString();
  return text ? `?${text}` : "";
}

/** @param {string} id */
export function reportPath(id) {
  return `/api/v1/reports/${encodeURIComponent(id)}`;
}

/** @returns {Promise<import("./types.js").Session>} */
export async function sessionRead() {
  const { body } = await request("GET", "/api/v1/session", { quiet: true });
  return body.session;
}

/**
 * @param {string} username @param {string} password @param {string} totp
 * @returns {Promise<import("./types.js").Session>}
 */
export async function sessionOpen(username, password, totp) {
  const { body } = await request("POST", "/api/v1/session", {
    body: { username, password, ...(totp ? { totp } : {}) },
    quiet: true,
  });
  return body.session;
}

export async function sessionClose() {
  await request("DELETE", "/api/v1/session", { quiet: true });
}

/** @returns {Promise<import("./types.js").Category[]>} */
export async function categoryList() {
  return (await read("/api/v1/categories")).body.items;
}

/** @returns {Promise<import("./types.js").Unit[]>} */
export async function unitList() {
  return (await read("/api/v1/units")).body.items;
}

/**
 * @param {Record<string, string|string[]|undefined>} filter
 * @param {AbortSignal} [signal]
 * @returns {Promise<{items: import("./types.js").Report[], next_cursor: string|null}>}
 */
export async function reportList(filter, signal) {
  return (await read(`/api/v1/reports${query(filter)}`, signal)).body;
}

/**
 * @param {string} id
 * @returns {Promise<import("./types.js").Report>}
 */
export async function reportOpen(id) {
  return (await read(reportPath(id))).body.report;
}

/**
 * @param {string} id @param {string} [cursor]
 * @returns {Promise<{items: import("./types.js").Event[], next_cursor: string|null}>}
 */
export async function eventList(id, cursor) {
  return (await read(`${reportPath(id)}/events${query({ cursor })}`)).body;
}

/**
 * Agencies that are likely for this report, each with one sentence why.
 * @param {string} id
 * @returns {Promise<import("./types.js").Suggestion[]>}
 */
export async function suggestionList(id) {
  return (await read(`${reportPath(id)}/suggestions`)).body.items;
}

/** @param {string} id @returns {Promise<import("./types.js").HandOver[]>} */
export async function handOverList(id) {
  return (await read(`${reportPath(id)}/hand-overs?limit=100`)).body.items;
}

/** Officers of a unit with their work. @param {string} unit @returns {Promise<import("./types.js").Officer[]>} */
export async function officerList(unit) {
  return (await read(`/api/v1/officers${query({ unit, limit: "100" })}`)).body.items;
}

/**
 * What the reader has to hear of, newest first.
 * @param {string} [cursor]
 * @returns {Promise<{items: import("./types.js").Notice[], next_cursor: string|null}>}
 */
export async function noticeList(cursor) {
  return (await read(`/api/v1/notices${query({ cursor })}`)).body;
}

/** @returns {Promise<import("./types.js").Template[]>} */
export async function templateList() {
  return (await read("/api/v1/templates")).body.items;
}

/** @returns {Promise<import("./types.js").Reason[]>} */
export async function reasonList() {
  return (await read("/api/v1/reasons")).body.items;
}

/**
 * One step of work. Photos make it a multipart upload with progress.
 * @param {{id: string, version: number, key: string, event: object,
 *   photos?: Blob[], progress?: (part: number) => void}} step
 * @returns {Promise<{event: import("./types.js").Event, report: import("./types.js").Report}>}
 */
export async function eventAdd(step) {
  const path = `${reportPath(step.id)}/events`;
  const headers = {
    "If-Match": `"${step.version}"`,
    "Idempotency-Key": step.key,
  };
  if (!step.photos?.length) {
    const { body } = await request("POST", path, { headers, body: step.event });
    return body;
  }
  const form = new FormData();
  form.set("event", new Blob([JSON.stringify(step.event)], { type: "application/json" }));
  step.photos.forEach((photo, at) => form.append("photo", photo, `${at + 1}.jpg`));
  return upload(path, headers, form, step.progress ?? (() => {}));
}

/**
 * fetch() cannot tell how much has been sent, so uploads use the older call.
 * @param {string} path @param {Record<string, string>} headers
 * @param {FormData} form @param {(part: number) => void} progress
 * @returns {Promise<any>}
 */
export function upload(path, headers, form, progress) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", path);
    call.timeout = UPLOAD_TIMEOUT;
    const all = { ...headers, "X-CRM": "1", "Accept-Language": asked() };
    for (const [name, value] of Object.entries(all)) {
      call.setRequestHeader(name, value);
    }
    const fail = (/** @type {string} */ code) => {
      unreachable();
      reject(new ApiError(code));
    };
    call.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    call.onerror = () => fail("offline");
    call.ontimeout = () => fail("timeout");
    call.onload = () => {
      reached(0);
      learnServerTime(call.getResponseHeader("Date"));
      const body = parse(call.responseText);
      if (call.status === 201) {
        resolve(body);
        return;
      }
      const error = problem(call.status, body, (name) => call.getResponseHeader(name));
      reject(refused(error));
    };
    call.send(form);
  });
}
