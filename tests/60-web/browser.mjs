// Chromium as officers have it, against the instance under test. Every page
// is watched: a violated policy, a console error or a request to somebody
// else fails the test that closes it.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { totpCode } from "../support/officer.mjs";
import { require, ROOT } from "./support.mjs";

const { chromium } = require("playwright-core");

function setting(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set; run through tests/60-web/run`);
  }
  return value;
}

export const BASE = setting("CRM_TEST_BASE");
export const ARTIFACTS = process.env.CRM_ARTIFACTS ?? join(ROOT, "build/artifacts/web");
const CA = readFileSync(setting("CRM_TEST_CA"));
const DEMO = JSON.parse(readFileSync(setting("CRM_TEST_DEMO"), "utf8"));

/** What tests/support wants to know of an instance. */
export const instance = {
  baseUrl: BASE,
  ca: CA,
  channel: (name) => DEMO.channels.find((channel) => channel.name === name),
};

/** The first demo user of a role, in a unit when one is named. */
export function user(role, unit) {
  const found = DEMO.users.find((one) => one.role === role && (!unit || one.unit === unit));
  assert.ok(found, `no demo user ${role} of ${unit ?? "any unit"}`);
  return found;
}

export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1440, height: 900 } };

/**
 * The hash of the server's key, after our own CA vouched for it: Chromium has
 * no other way to trust a private CA without touching the user's home.
 */
function serverKey() {
  const { hostname, port } = new URL(BASE);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port, servername: hostname, ca: CA }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.end();
      const spki = new X509Certificate(raw).publicKey.export({ type: "spki", format: "der" });
      resolve(createHash("sha256").update(spki).digest("base64"));
    });
    socket.on("error", reject);
  });
}

export async function launch() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", `--ignore-certificate-errors-spki-list=${await serverKey()}`,
    ],
  });
}

/** Errors that a test brings about on purpose are named by their status. */
function isExpected(text, expected) {
  return expected.some((part) => text.includes(part));
}

/**
 * A page of its own context. options: device, language, theme, cookies of a
 * signed-in officer, expected (parts of console errors that may come).
 */
export async function open(browser, options = {}) {
  const { device = PHONE, language = "id", theme = "light", state, expected = [], place, workers = "allow" } = options;
  const context = await browser.newContext({
    ...device,
    locale: language === "id" ? "id-ID" : "en-GB",
    timezoneId: "America/New_York",
    storageState: state,
    serviceWorkers: workers,
    ...(place ? { geolocation: { latitude: place.lat, longitude: place.lng, accuracy: 7 }, permissions: ["geolocation"] } : {}),
  });
  context.setDefaultTimeout(20_000);
  await context.addInitScript(([lang, look, isIn]) => {
    localStorage.setItem("crm.lang", localStorage.getItem("crm.lang") ?? lang);
    localStorage.setItem("crm.theme", localStorage.getItem("crm.theme") ?? look);
    if (isIn && !sessionStorage.getItem("test.marked")) {
      localStorage.setItem("crm.signed", "1");
    }
    sessionStorage.setItem("test.marked", "1");
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  }, [language, theme, Boolean(state)]);
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  page.on("console", (message) => {
    const text = message.text();
    const isBlocked = text.includes("Service Worker registration blocked by Playwright");
    if (["error", "warning"].includes(message.type()) && !isBlocked && !isExpected(text, expected)) {
      faults.push(`${text} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => faults.push(error.stack));
  page.on("request", (request) => {
    requests.push(request.url());
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(BASE).origin) {
      faults.push(`a request to ${origin}`);
    }
  });
  /** Nothing went wrong behind the scenes. */
  const close = async () => {
    const violations = page.isClosed() ? [] : await violationsOf(page);
    await context.close();
    assert.deepEqual([...faults, ...violations], []);
  };
  return { context, page, requests, faults, close };
}

/** What the policy forbade on the page; a page on its way elsewhere is asked there. */
async function violationsOf(page) {
  for (let tries = 0; ; tries++) {
    try {
      return await page.evaluate(() => globalThis.violations ?? []);
    } catch (error) {
      if (tries === 3 || !/context was destroyed/.test(error.message)) throw error;
      await page.waitForLoadState("load");
    }
  }
}

/** Fills in the sign-in form that is on the page. */
export async function signIn(page, officer) {
  await page.waitForSelector("#username");
  await page.fill("#username", officer.username);
  await page.fill("#password", officer.password);
  if (officer.totp_secret) {
    await page.fill("#totp", totpCode(officer.totp_secret));
  }
  await page.click("form button[type=submit]");
  await page.waitForSelector(".frame:not([data-screen=sign-in])");
}

const states = new Map();

/** The cookies of a signed-in officer, made once per run. */
export async function stateOf(browser, officer) {
  if (!states.has(officer.username)) {
    const { page, context, close } = await open(browser, { workers: "block" });
    await page.goto(`${BASE}/menu`);
    await signIn(page, officer);
    const { cookies } = await context.storageState();
    states.set(officer.username, { cookies, origins: [] });
    await close();
  }
  return states.get(officer.username);
}

/** Opens the form of a step, from its own button or from the sheet of the others. */
export async function openStep(page, step) {
  await page.waitForSelector(".actions button");
  if (!(await page.locator(`.actions [data-step="${step}"]`).count())) {
    await page.click(".actions-more");
  }
  await page.click(`[data-step="${step}"]`);
  await page.waitForSelector(".step-form");
}

/** A picture of what is on the screen now. */
export async function shot(page, name) {
  mkdirSync(ARTIFACTS, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => Promise.all([...document.images].filter((image) => image.loading !== "lazy").map((image) => image.decode().catch(() => {}))));
  await page.screenshot({ path: join(ARTIFACTS, name), animations: "disabled" });
}
