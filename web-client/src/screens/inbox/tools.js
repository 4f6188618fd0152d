// @ts-check
// What stands over the list: groups, search, filters, order, and the filters
// that are on.
// SPDX-License-Identifier: ISC
import { useEffect, useRef } from "preact/hooks";

import { Icon } from "../../components/icon/icon.js";
import { filterChips, filterCleared, filterPath, groupOf, SORTS } from "../../filter.js";
import { html } from "../../html.js";
import { GROUPS } from "../../labels.js";
import { go } from "../../router.js";
import { t } from "../../t.js";
import { isWide } from "../../wide.js";
import { chipText } from "./names.js";
import { hasShortcuts } from "./table.js";

/** @typedef {import("../../filter.js").Filter} Filter */
/** @typedef {import("./names.js").Option} Option */

const DEBOUNCE = 300;

/** @param {Filter} filter @param {boolean} [replace] */
export function show(filter, replace = false) {
  go(filterPath(filter), { replace, state: { q: filter.q } });
}

/**
 * @param {{filter: Filter, isSearching: import("@preact/signals").Signal<boolean>,
 *   isOpen: import("@preact/signals").Signal<boolean>}} props
 */
export function PhoneTools({ filter, isSearching, isOpen }) {
  return html`<button
      type="button"
      class="button-icon"
      aria-expanded=${isSearching.value}
      onClick=${() => (isSearching.value = !isSearching.value)}
    >
      <${Icon} name="search" /><span class="unseen">${t("inbox.search")}</span>
    </button>
    <button
      type="button"
      class="button-icon filter-button"
      aria-haspopup="dialog"
      onClick=${() => (isOpen.value = true)}
    >
      <${Icon} name="filter" /><span class="unseen">${filterText(filter)}</span>
      <${Badge} n=${filterChips(filter).length} />
    </button>`;
}

/** @param {Filter} filter */
function filterText(filter) {
  const count = filterChips(filter).length;
  return count ? t("filter.open.count", { n: count }) : t("filter.open");
}

/** @param {{n: number}} props */
function Badge({ n }) {
  return n > 0 ? html`<span class="count" aria-hidden="true">${n}</span>` : null;
}

/** @param {{filter: Filter, focus: boolean}} props */
export function Search({ filter, focus }) {
  const timer = useRef(/** @type {any} */ (0));
  const box = useRef(/** @type {HTMLInputElement|null} */ (null));
  useEffect(() => {
    if (focus) {
      box.current?.focus();
    }
    /** @param {KeyboardEvent} event */
    const key = (event) => {
      const target = /** @type {Element} */ (event.target);
      if (event.key === "/" && hasShortcuts() && !target.closest?.("input, textarea, select")) {
        event.preventDefault();
        box.current?.focus();
      }
    };
    addEventListener("keydown", key);
    return () => {
      removeEventListener("keydown", key);
      clearTimeout(timer.current);
    };
  }, []);
  /** @param {any} event */
  const typed = (event) => {
    const q = event.target.value;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show({ ...filter, q }, true), DEBOUNCE);
  };
  return html`<form class="search" role="search" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <label class="unseen" for="search">${t("inbox.search")}</label>
    <${Icon} name="search" />
    <input
      id="search"
      type="search"
      ref=${box}
      value=${filter.q}
      placeholder=${t("inbox.search.hint")}
      autocomplete="off"
      enterkeyhint="search"
      onInput=${typed}
    />
  </form>`;
}

/** @param {{filter: Filter, open: () => void}} props */
export function Tools({ filter, open }) {
  const group = groupOf(filter);
  return html`<div class="tools">
    <div class="segments" role="group" aria-label=${t("inbox.groups")}>
      ${["all", ...Object.keys(GROUPS)].map(
        (name) => html`<button
          type="button"
          key=${name}
          aria-pressed=${group === name}
          onClick=${() => show({ ...filter, status: name === "all" ? [] : GROUPS[/** @type {"waiting"} */ (name)] })}
        >
          ${t(`group.${name}`)}
        </button>`,
      )}
    </div>
    ${isWide.value &&
    html`<${Search} filter=${filter} focus=${false} />
      <div class="tools-row">
      <button
        type="button"
        class="tool"
        aria-haspopup="dialog"
        onClick=${open}
      ><${Icon} name="filter" />${filterText(filter)}</button>
      <label class="tool">
        <${Icon} name="sort" /><span class="unseen">${t("sort.title")}</span>
        <select
          value=${filter.sort}
          onChange=${(/** @type {any} */ event) => show({ ...filter, sort: event.target.value })}
        >
          ${SORTS.map((sort) => html`<option key=${sort} value=${sort}>${t(`sort.${sort}`)}</option>`)}
        </select>
      </label>
    </div>`}
  </div>`;
}

/** @param {{filter: Filter, areas: Option[]}} props */
export function Chips({ filter, areas }) {
  const chips = filterChips(filter);
  if (!chips.length) {
    return null;
  }
  return html`<ul class="chips" aria-label=${t("filter.chips")}>
    ${chips.map(
      (chip) => html`<li key=${chip.name + chip.value}>
        <button type="button" class="chip" onClick=${() => show(chip.rest)}>
          ${chipText(chip, areas)}<${Icon} name="close" /><span class="unseen">${t("filter.remove")}</span>
        </button>
      </li>`,
    )}
    <li>
      <button
        type="button"
        class="button"
        data-kind="plain"
        onClick=${() => show(filterCleared(filter))}
      >${t("filter.clear")}</button>
    </li>
  </ul>`;
}
