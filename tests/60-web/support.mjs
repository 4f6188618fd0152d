// The client's source and build, as its tests look at them.
//
// SPDX-License-Identifier: ISC

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const CLIENT = join(ROOT, "web-client");
export const SOURCE = join(CLIENT, "src");

/** Packages are the client's own, by its lock file. */
export const require = createRequire(join(CLIENT, "package.json"));

/** Every file below a folder as {name, text}; name is relative to it. */
export function filesIn(folder, endings) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return filesIn(path, endings).map((file) => ({ ...file, name: join(entry.name, file.name) }));
    }
    const isWanted = endings.some((ending) => entry.name.endsWith(ending));
    return isWanted ? [{ name: relative(folder, path), text: readFileSync(path, "utf8") }] : [];
  });
}

export function catalogue(language) {
  return JSON.parse(readFileSync(join(SOURCE, `locales/${language}.json`), "utf8"));
}

/** A browser-like world for modules that only touch its surface. */
export function pretendBrowser() {
  const { Window } = require("happy-dom");
  const window = new Window({ url: "https://crm.invalid/" });
  for (const name of ["window", "document", "localStorage", "history", "location", "matchMedia", "navigator", "HTMLElement", "Node", "addEventListener", "getComputedStyle"]) {
    const value = name === "window" ? window : window[name];
    Object.defineProperty(globalThis, name, {
      value: typeof value === "function" && /^[a-z]/.test(name) ? value.bind(window) : value,
      configurable: true,
      writable: true,
    });
  }
  // Node's own would keep the test alive.
  globalThis.BroadcastChannel = class {
    postMessage() {}
  };
  return window;
}

/** Bundles modules of the client and packages together and imports them: {name: module}. */
export async function load(names) {
  const { build } = require("esbuild");
  const out = mkdtempSync(join(tmpdir(), "crm-web-"));
  try {
    const contents = names.map((name, at) => `export * as m${at} from "${name.endsWith(".js") ? `./${name}` : name}";`).join("\n");
    await build({
      stdin: { contents, resolveDir: SOURCE },
      outfile: join(out, "all.mjs"),
      bundle: true,
      format: "esm",
      logLevel: "error",
      define: { __VERSION__: '"test"', __PHOTO_WORKER__: '"/worker.js"' },
    });
    const all = await import(pathToFileURL(join(out, "all.mjs")).href);
    return Object.fromEntries(names.map((name, at) => [name, all[`m${at}`]]));
  } finally {
    rmSync(out, { recursive: true });
  }
}
