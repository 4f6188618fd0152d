// @ts-check
// Addresses. They hold a screen, a report's id and filters, never words that
// someone typed: those live in the history entry's state.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

/**
 * @typedef {object} Place
 * @property {string} name
 * @property {Record<string, string>} params
 * @property {URLSearchParams} query
 * @property {string} key of the history entry
 * @property {any} state
 * @property {boolean} isReturn came by back or forward
 */

const ROUTES = [
  { name: "inbox", path: /^\/$/ },
  { name: "report", path: /^\/reports\/(?<id>[\w-]+)$/ },
  { name: "follow-up", path: /^\/reports\/(?<id>[\w-]+)\/follow-up$/ },
  { name: "validate", path: /^\/reports\/(?<id>[\w-]+)\/validate$/ },
  { name: "day", path: /^\/day$/ },
  { name: "team", path: /^\/team$/ },
  { name: "ranking", path: /^\/ranking$/ },
  { name: "notices", path: /^\/notices$/ },
  { name: "triage", path: /^\/triage(?:\/(?<id>[\w-]+))?$/ },
  { name: "counter", path: /^\/counter$/ },
  { name: "lists", path: /^\/lists(?:\/(?<list>\w+))?$/ },
  { name: "channels", path: /^\/channels(?:\/(?<id>[\w-]+))?$/ },
  { name: "outbox", path: /^\/outbox$/ },
  { name: "menu", path: /^\/menu$/ },
];

/** @param {string} pathname @returns {{name: string, params: Record<string, string>}} */
export function match(pathname) {
  for (const route of ROUTES) {
    const found = route.path.exec(pathname);
    if (found) {
      return { name: route.name, params: { ...found.groups } };
    }
  }
  return { name: "missing", params: {} };
}

function newKey() {
  return Math.random().toString(36).slice(2, 10);
}

/** @param {boolean} isReturn @returns {Place} */
function here(isReturn) {
  const state = history.state ?? {};
  return {
    ...match(location.pathname),
    query: new URLSearchParams(location.search),
    key: state.key ?? "",
    state,
    isReturn,
  };
}

/** @type {import("@preact/signals").Signal<Place>} */
export const place = signal(here(false));

/** How many steps of this visit lie behind: 0 means "back" would leave us. */
let depth = 0;

/**
 * @param {string} path
 * @param {{replace?: boolean, state?: object}} [options]
 */
export function go(path, options = {}) {
  depth += options.replace ? 0 : 1;
  const state = { ...options.state, key: newKey(), depth };
  if (options.replace) {
    history.replaceState(state, "", path);
  } else {
    history.pushState(state, "", path);
  }
  place.value = here(false);
}

/** Change what the entry remembers without going anywhere. @param {object} more */
export function remember(more) {
  history.replaceState({ ...history.state, ...more }, "");
}

/** Back inside the client, or to a parent when there is nothing behind. @param {string} parent */
export function back(parent) {
  if (depth > 0) {
    history.back();
  } else {
    go(parent, { replace: true });
  }
}

/** @param {MouseEvent} event */
function clicked(event) {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const target = /** @type {Element} */ (event.target);
  const link = target.closest?.("a");
  const inside = link && link.origin === location.origin && !link.target && !link.hash;
  if (plain && inside && !event.defaultPrevented) {
    event.preventDefault();
    go(link.pathname + link.search);
  }
}

export function startRouter() {
  history.scrollRestoration = "manual";
  if (!history.state?.key) {
    history.replaceState({ key: newKey(), depth: 0 }, "");
  }
  depth = history.state.depth ?? 0;
  place.value = here(true);
  addEventListener("popstate", () => {
    depth = history.state?.depth ?? 0;
    place.value = here(true);
  });
  document.addEventListener("click", clicked);
}
