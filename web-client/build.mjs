// Builds the web client: bundles per route, hashed names, compressed twins,
// the page, the manifest, drawn icons, the service worker, and the API's
// description as JSON and as the page /docs.
// Usage: node build.mjs [OUTPUT]   (default ../build/web, or CRM_WEB)
// SPDX-License-Identifier: ISC
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { build } from "esbuild";

import { docsPage } from "./docs/page.mjs";
import { iconPng, iconSvg } from "./icon.mjs";
import { openapiJson, openapiPage } from "./openapi.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE = join(HERE, "src");
const OUT = resolve(process.argv[2] ?? process.env.CRM_WEB ?? join(HERE, "../build/web"));
const STAMP = join(OUT, ".built");
const WEEK = 7 * 24 * 3600 * 1000;
const TARGET = ["chrome100", "firefox102", "safari15.4"];
const COMPRESSED = [".js", ".css", ".html", ".svg", ".webmanifest", ".json"];

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Every file that the result depends on, in a fixed order. */
async function sources(folder) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    found.push(...(entry.isDirectory() ? await sources(path) : [path]));
  }
  return found.sort();
}

async function fingerprint() {
  const hash = createHash("sha256");
  const own = ["build.mjs", "icon.mjs", "package-lock.json"].map((name) => join(HERE, name));
  for (const file of [...own, ...(await sources(SOURCE))]) {
    hash.update(file.slice(HERE.length)).update(await readFile(file));
  }
  return hash.digest("hex");
}

/** The server takes capitals and digits before the ending as a hash. */
function nameHash(hex) {
  return hex.slice(0, 10).toUpperCase();
}

function hashOf(data) {
  return nameHash(createHash("sha256").update(data).digest("hex"));
}

/** One file and its compressed twins, each put in place in one step. */
async function put(name, data) {
  const path = join(OUT, name);
  await mkdir(dirname(path), { recursive: true });
  const bytes = Buffer.from(data);
  const versions = [["", bytes]];
  if (COMPRESSED.includes(extname(name))) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
    versions.push([".br", await toBrotli(bytes, quality)], [".gz", await toGzip(bytes, { level: 9 })]);
  }
  for (const [twin, content] of versions) {
    await writeFile(`${path}${twin}.new`, content);
    await rename(`${path}${twin}.new`, path + twin);
  }
}

const common = {
  bundle: true,
  minify: true,
  write: false,
  target: TARGET,
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
};

/** A single script or sheet under a hashed name; returns its address. */
async function single(entry, ext, options) {
  const result = await build({ ...common, entryPoints: [join(SOURCE, entry)], ...options });
  const data = result.outputFiles[0].contents;
  const name = `assets/${basename(entry).replace(/\.\w+$/, "").replace(".", "-")}-${hashOf(data)}${ext}`;
  await put(name, data);
  return `/${name}`;
}

/** Components that come when they are first needed, as screens do: folder and script of one name. */
const LATE = ["step-sheet", "bulk-sheet", "view-sheet", "place-picker"];

/** Parts that only some screens need: each takes its own copy along. */
const TAKEN = ["components/report-parts", "components/report-card", "desk"];

/** Every module that screens share; the outbox keeps its store to itself. */
async function shared() {
  const own = ["screens", "docs", ...TAKEN, ...LATE.map((name) => `components/${name}`)].map((folder) => join(SOURCE, folder) + "/");
  const all = (await sources(SOURCE)).filter((file) => file.endsWith(".js") && !own.some((folder) => file.startsWith(folder)));
  const apart = ["app.js", "boot.js", "sw.js", "types.js", "photo.worker.js", "outbox-store.js"].map((name) => join(SOURCE, name));
  return all.filter((file) => !apart.includes(file));
}

/**
 * The bundler's own splitting makes a dozen small files, each a round trip.
 * So: one file with all that is shared, which is also the start, and one for
 * each screen that takes the shared parts from it. Names carry the version,
 * because both sides name each other.
 */
function joined(url, isShared) {
  return {
    name: "joined",
    setup(run) {
      run.onResolve({ filter: /./ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (pluginData === "seen" || kind === "entry-point") {
          return undefined;
        }
        if (kind === "dynamic-import") {
          return { path: url(path), external: true };
        }
        const { path: found } = await run.resolve(path, { kind, resolveDir, pluginData: "seen" });
        return isShared(found) ? { path: url("app"), external: true } : undefined;
      });
    },
  };
}

async function module(contents, name, plugins, define) {
  const result = await build({
    ...common,
    stdin: { contents, resolveDir: SOURCE, sourcefile: `${name}-entry.js` },
    format: "esm",
    plugins,
    define,
  });
  return result.outputFiles[0].contents;
}

/** The client itself; returns the addresses. */
async function bundles(version, define) {
  const files = await shared();
  const url = (path) => `/assets/${basename(path).replace(/\.\w+$/, "")}-${version}.js`;
  const isShared = (path) => files.includes(path) || (path.includes("node_modules") && !path.includes("/leaflet/"));
  const names = (await readdir(join(SOURCE, "screens"))).sort();
  const words = ["preact", "preact/hooks", "@preact/signals", ...files.map((file) => `./${relative(SOURCE, file)}`)];
  const app = [...words.map((path) => `export * from "${path}";`), 'import "./app.js";'].join("\n");
  await put(url("app").slice(1), await module(app, "app", [joined(url, () => false)], define));
  const parts = [...names.map((name) => `screens/${name}/${name}`), ...LATE.map((name) => `components/${name}/${name}`)];
  for (const part of parts) {
    await put(url(part).slice(1), await module(`export * from "./${part}.js";`, basename(part), [joined(url, isShared)], define));
  }
  await put(url("en").slice(1), await module('export { default } from "./locales/en.json";', "en", [], define));
  return { all: ["app", ...parts, "en"].map(url), app: url("app"), inbox: url("inbox"), english: url("en") };
}

function manifest(icons) {
  return JSON.stringify({
    id: "/",
    name: "CRM Jakarta",
    short_name: "CRM",
    lang: "id",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#eef2f5",
    theme_color: "#0c3557",
    icons: [
      { src: icons["icon.svg"], sizes: "any", type: "image/svg+xml" },
      { src: icons["icon-192.png"], sizes: "192x192", type: "image/png" },
      { src: icons["icon-512.png"], sizes: "512x512", type: "image/png" },
      { src: icons["icon-512.png"], sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  });
}

async function drawIcons() {
  const drawn = { "icon.svg": iconSvg(), "icon-192.png": iconPng(192), "icon-512.png": iconPng(512) };
  const urls = {};
  for (const [name, data] of Object.entries(drawn)) {
    const hashed = `assets/${name.replace(".", `-${hashOf(data)}.`)}`;
    await put(hashed, data);
    urls[name] = `/${hashed}`;
  }
  return urls;
}

async function page(urls, preload) {
  const template = await readFile(join(SOURCE, "index.html"), "utf8");
  const links = preload.map((url) => `<link rel="modulepreload" href="${url}">`).join("\n");
  const filled = template.replace("%preload%", links).replace(/%([\w.-]+)%/g, (_, name) => urls[name]);
  await put("index.html", filled);
}

/** The API's description, for programs and for people; returns the addresses of what the page takes along. */
async function docs() {
  const urls = {
    css: await single("docs/docs.css", ".css", {}),
    script: await single("docs/docs.js", ".js", { format: "iife" }),
    icon: (await drawIcons())["icon.svg"],
  };
  await put("docs/index.html", docsPage(await openapiPage(), urls));
  await put("api/v1/openapi.json", await openapiJson());
  return Object.values(urls);
}

/** Files of older builds stay a week: open tabs still ask for them. */
async function sweep(current) {
  const keep = new Set(current.map((url) => url.split("/").pop()));
  for (const name of await readdir(join(OUT, "assets"))) {
    const path = join(OUT, "assets", name);
    const plain = name.replace(/\.(br|gz)$/, "");
    const { mtimeMs } = await stat(path);
    if (!keep.has(plain) && Date.now() - mtimeMs > WEEK) {
      await rm(path);
    } else if (keep.has(plain)) {
      await utimes(path, new Date(), new Date());
    }
  }
}

async function main() {
  const described = await docs();
  const print = await fingerprint();
  if (existsSync(STAMP) && (await readFile(STAMP, "utf8")) === print) {
    console.log("web client: nothing changed");
    return;
  }
  await mkdir(join(OUT, "assets"), { recursive: true });
  const version = nameHash(print);
  const worker = await single("photo.worker.js", ".js", { format: "iife" });
  const { all, app, inbox, english } = await bundles(version, {
    __PHOTO_WORKER__: JSON.stringify(worker),
    __VERSION__: JSON.stringify(version),
  });
  const icons = await drawIcons();
  const urls = {
    ...icons,
    app,
    english,
    css: await single("app.css", ".css", {}),
    boot: await single("boot.js", ".js", { format: "iife" }),
  };
  await put("manifest.webmanifest", manifest(icons));
  const shell = [...all, worker, urls.css, urls.boot, icons["icon.svg"], icons["icon-192.png"]];
  const sw = await build({
    ...common,
    entryPoints: [join(SOURCE, "sw.js")],
    format: "iife",
    define: {
      __VERSION__: JSON.stringify(version),
      __PRECACHE__: JSON.stringify(["/", "/manifest.webmanifest", ...shell]),
    },
  });
  await page(urls, [inbox]);
  await put("sw.js", sw.outputFiles[0].contents);
  await sweep([...shell, ...described, icons["icon-512.png"]]);
  await writeFile(STAMP, print);
  console.log(`web client: version ${version} in ${OUT}`);
}

await main();
