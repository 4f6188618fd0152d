// Each rule is one case; it fails with the list of what breaks it.
//
// SPDX-License-Identifier: ISC
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { finish, test } from "../support/count.mjs";
import { functionsOf } from "./functions.mjs";

const git = (...args) => execFileSync("git", args, { encoding: "utf8", maxBuffer: 1 << 26 });
const files = git("ls-files", "-z").split("\0").filter((name) => name && existsSync(name));
const text = (name) => readFileSync(name, "utf8");
const ending = (...ends) => files.filter((name) => ends.some((end) => name.endsWith(end)));
const below = (folder) => files.filter((name) => name.startsWith(`${folder}/`));
const isScript = (name) => text(name).startsWith("#!");
const isShell = (name) => name.endsWith(".sh") || /^#!.*\b(ba)?sh\b/.test(text(name).slice(0, 40));
const isPicture = (name) => /^docs\/pictures\/[a-z-]+\.(png|svg)$/.test(name);
// Pages carry no licence line, JSON has no room for one.
const isSource = (name) => !isPicture(name) && name !== "LICENSE" && !/\.(md|json)$/.test(name);
const shells = () => files.filter((name) => !isPicture(name) && isShell(name));

const FILE_LINES = 400;
const FUNCTION_LINES = 60;
// Tables and generated files grow as they must.
const LONG = [/\.def$/, /^sql\/seed\//, /^sql\/migrations\//, /package-lock\.json$/, /^docs\/(access|errors)\.md$/,
  /^docs\/openapi\.yaml$/, /\/locales\//];

/** A case that fails with the offenders, one a line. */
const none = (rule, found) => test(rule, () => {
  const list = found();
  if (list.length > 0) throw new Error(`\n${list.join("\n")}`);
});

const lines = (name) => text(name).split("\n").length - 1;

await none(`no file is longer than ${FILE_LINES} lines`, () => files
  .filter((name) => isSource(name) && !LONG.some((rule) => rule.test(name)) && lines(name) > FILE_LINES)
  .map((name) => `${name}: ${lines(name)}`));

await none(`no function is longer than ${FUNCTION_LINES} lines`, () => [...ending(".c", ".h", ".mjs", ".js"), ...shells()]
  .flatMap((name) => functionsOf(name, text(name)))
  .filter((one) => one.lines > FUNCTION_LINES)
  .map((one) => `${one.file}: ${one.name} ${one.lines}`));

await none("every source file names its licence", () => files
  .filter((name) => isSource(name) && !/SPDX-License-Identifier: ISC/.test(text(name))));

// --- arrows: a folder may include itself and what stands below it -------------

const RESOURCES = ["report", "event", "photo", "session", "unit", "channel", "holiday", "notice", "view", "template", "health"];
const LOW = ["core"];
const MIDDLE = ["auth", "db", "policy", ...LOW];
const ARROWS = {
  core: LOW,
  auth: ["auth", ...LOW],
  db: ["db", "kore/loop.h", ...LOW],
  policy: ["policy", "auth", "db", ...LOW],
  call: ["call", ...MIDDLE],
  media: ["media", ...LOW],
  photo: ["photo", "media/media.h", "call", "routes.h", ...MIDDLE],
  webhook: ["webhook", ...LOW],
  jobs: ["jobs", "cli", "photo/store.h", "webhook", "db", ...LOW],
  open311: ["open311", "photo/read.h", "http/limits.h", "call", "routes.h", ...MIDDLE],
  intake: ["intake", "cli", "auth", "media/sandbox.h", ...LOW],
  cli: ["cli", "jobs", "media/main.h", "photo/store.h", "webhook", ...MIDDLE],
  ...Object.fromEntries(["report", "event", "session", "unit", "channel", "holiday", "notice", "view", "template", "health"]
    .map((name) => [name, [name, "report/report.h", "photo/intake.h", "photo/store.h", "health", "call", "routes.h", ...MIDDLE]])),
};

/** Our own headers that a file includes. */
const includes = (name) => [...text(name).matchAll(/^#include "([^"]+)"/gm)].map((match) => match[1]);

const mayInclude = (allowed, header) => allowed.some((one) => header === one || header.startsWith(`${one}/`));

await none("includes point one way", () => Object.entries(ARROWS).flatMap(([folder, allowed]) =>
  below(`api/${folder}`).filter((name) => /\.[ch]$/.test(name)).flatMap((name) => includes(name)
    .filter((header) => !mayInclude(allowed, header))
    .map((header) => `${name} includes ${header}`))));

const who = (pattern, allowed) => files.filter((name) => /^api\/.*\.[ch]$/.test(name) && pattern.test(text(name)))
  .filter((name) => !allowed.some((rule) => rule.test(name)));

await none("only kore, http and main know Kore", () => who(/^#include <kore\//m, [/^api\/(kore|http)\//, /^api\/main\.c$/]));
await none("only db knows libpq", () => who(/^#include <(postgresql\/)?libpq-fe\.h>/m, [/^api\/db\//]));
await none("only policy's XML and the words of HTML mail know libxml2", () => who(/^#include <libxml\//m, [/^api\/policy\/xml\.c$/, /^api\/intake\/html\.c$/]));
await none("only the reader of mail knows GMime", () => who(/^#include <gmime\//m, [/^api\/intake\/message\.c$/]));
await none("only auth's tokens know libjwt", () => who(/^#include <jwt\.h>/m, [/^api\/auth\/jwt/]));

// What banned.h turns into an error may be had back in its home alone.
const HOMES = {
  "api/core/heap.c": ["malloc", "calloc", "realloc", "free"],
  "api/core/settings.c": ["getenv"],
  // The decoders' library reports errors by jumps.
  "api/media/jpeg.c": ["setjmp", "longjmp"],
};
const bans = () => [...text("api/core/banned.h").matchAll(/^#define (\w+)\(/gm)].map((match) => match[1]);
const code = () => files.filter((name) => /^api\/.*\.[ch]$/.test(name) && name !== "api/core/banned.h");

await none("a forbidden function is allowed in its home alone", () => {
  const undone = new RegExp(`^#\\s*undef (${bans().join("|")})\\b`, "gm");
  return code().flatMap((name) => [...text(name).matchAll(undone)]
    .filter((match) => !(HOMES[name] ?? []).includes(match[1])).map((match) => `${name}: ${match[1]}`));
});
await none("no forbidden function is called round its ban", () => {
  const round = new RegExp(`\\((${bans().join("|")})\\)\\s*\\(|__builtin_(${bans().join("|")})\\b|#pragma GCC poison|-include`);
  return code().filter((name) => round.test(text(name)));
});

await none("every route names its readers", () => text("api/routes.def").split("\n")
  .filter((line) => /^ROUTE/.test(line))
  .filter((line) => !/^ROUTE(_ASK)?\([A-Z]+, *"\/[^"]*", *(ANYONE|VIEWER_[A-Z]+( \| VIEWER_[A-Z]+)*), *(NONE|JSON|PARTS|FORM),/.test(line)));

// --- SQL -----------------------------------------------------------------------

const sqlFunctions = () => [...below("sql/api"), ...below("sql/crm")].filter((name) => name.endsWith(".sql"));

await none("every function states volatility, security and search path, and has a comment", () => sqlFunctions()
  .filter((name) => {
    const body = text(name);
    return !/\b(volatile|stable|immutable)\b/.test(body) || !/security (invoker|definer)/.test(body) ||
      !/set search_path = pg_catalog/.test(body) || !/comment on function/.test(body);
  }));
await none("security definer has its reason in the comment", () => sqlFunctions()
  .filter((name) => /security definer/.test(text(name)) && !/[Ss]ecurity definer|definer/.test(text(name).split("comment on function")[1] ?? "")));
await none("every table forces row-level security", () => below("sql/schema")
  .filter((name) => /^create table crm\.|^create table identity\.|^create table audit\./m.test(text(name)))
  .filter((name) => !/force row level security/.test(text(name))));
await none("no SQL is built from strings", () => [
  ...sqlFunctions().filter((name) => /\bexecute\s+(format|')/i.test(text(name)) && !/partition_(add|close)\.sql$/.test(name)),
  ...files.filter((name) => /^api\/.*\.c$/.test(name) && /(snprintf|arena_format)\([^;]*"(select|insert|update|delete) /is.test(text(name))),
]);

// --- the repository -------------------------------------------------------------

await none("nothing built and nothing binary is tracked", () => files.filter((name) => !isPicture(name))
  .filter((name) => /(^|\/)(node_modules|build|var)\//.test(name) || readFileSync(name).subarray(0, 8000).includes(0)));
await none("every suite can be run", () => [...new Set(below("tests").map((name) => name.split("/")[1]))]
  .filter((name) => /^\d\d-/.test(name))
  .filter((name) => !(git("ls-files", "-s", `tests/${name}/run`).startsWith("100755"))));
await none("what starts with #! can be run, and nothing else", () => git("ls-files", "-s", "-z").split("\0").filter(Boolean)
  .map((line) => ({ mode: line.slice(0, 6), name: line.split("\t")[1] }))
  .filter(({ name }) => existsSync(name) && !isPicture(name))
  .filter(({ mode, name }) => (mode === "100755") !== isScript(name)).map(({ name }) => name));
// Tests may read data beside the checkout; the rest knows of nothing outside.
await none("nothing outside the repository is named", () => files
  .filter((name) => !name.startsWith("tests/") && !isPicture(name))
  .flatMap((name) => text(name).split("\n").flatMap((line, at) =>
    (/\bshared\/|\.\.\/shared|(^|[^\w.])\/(work|root|home)\//.test(line) ? [`${name}:${at + 1}`] : []))));
await none("what is to be done is an issue, not a remark", () => files.filter((name) => isSource(name) && !name.startsWith("tests/10-layout/"))
  .flatMap((name) => text(name).split("\n").flatMap((line, at) => (/\b(TODO|FIXME|XXX)\b/.test(line) && !/X{4}|#\d+/.test(line) ? [`${name}:${at + 1}`] : []))));

/** Links of a page that lead nowhere. */
function brokenLinks(page) {
  const targets = [...text(page).matchAll(/\]\(([^)#\s]+)|<img src="([^"]+)"/g)].map((match) => match[1] ?? match[2]);
  return targets.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(normalize(join(dirname(page), link))))
    .map((link) => `${page}: ${link}`);
}

await none("links between pages lead somewhere", () => ending(".md").flatMap(brokenLinks));

const build = process.env.CRM_BUILD;
for (const page of ["access", "errors"])
  await test(`docs/${page}.md is what the program prints`, () => {
    if (execFileSync(join(build, "crm"), [page], { encoding: "utf8" }) !== text(`docs/${page}.md`))
      throw new Error(`run: build/crm ${page} > docs/${page}.md`);
  });

/** Output of a checker when it is not content. */
function complaint(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (error) throw error;
  return status === 0 ? [] : [`${stdout}${stderr}`];
}

await none("C is formatted by the house formatter", () =>
  complaint("clang-format-14", ["--dry-run", "-Werror", ...ending(".c", ".h")]));
// Scripts of config/ are sourced together, so a variable may be another file's.
const APART = "SC2034,SC2154";
await none("shellcheck is content", () => complaint("shellcheck", ["-x", "-S", "warning", "-e", APART, ...shells()]));

finish();
