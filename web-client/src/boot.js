// @ts-check
// Runs before the first paint: theme and language as last chosen, so that
// nothing changes colour when the client starts. On a slow network it also
// asks for what the first screen needs while the client is still on its way;
// api.js takes those answers over.
// SPDX-License-Identifier: ISC
(function boot() {
  const root = document.documentElement;
  const kept = (/** @type {string} */ name) => localStorage.getItem(name) ?? "";
  const themes = ["light", "dark", "sunlight"];
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = themes.includes(kept("crm.theme")) ? kept("crm.theme") : system;
  root.lang = kept("crm.lang") === "en" ? "en" : "id";
  if (root.lang === "en") {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = document.querySelector("meta[name=crm-english]")?.getAttribute("content") ?? "";
    document.head.append(link);
  }
  /** @type {Map<string, Promise<Response>>} */
  const early = new Map();
  Object.assign(globalThis, { crmEarly: early });
  if (!kept("crm.signed") || kept("crm.locked") || kept("crm.closing")) {
    return;
  }
  const ask = (/** @type {string} */ path) => {
    const answer = fetch(path, { cache: "no-store", headers: { "Accept-Language": root.lang } });
    answer.catch(() => {});
    early.set(path, answer);
  };
  ask("/api/v1/session");
  if (location.pathname === "/" && !location.search && !history.state?.q) {
    ask("/api/v1/reports?sort=due_at");
  }
})();
