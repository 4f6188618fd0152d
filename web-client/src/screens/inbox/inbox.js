// @ts-check
// The inbox: what waits for this officer, most urgent first.
// SPDX-License-Identifier: ISC
import { signal, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { categoryList, unitList } from "../../api.js";
import { FilterSheet } from "../../components/filter-sheet/filter-sheet.js";
import { Icon } from "../../components/icon/icon.js";
import { Empty, Failure, Loading } from "../../components/state/state.js";
import { statusName } from "../../components/status-tag/status-tag.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { html } from "../../html.js";
import { GROUPS } from "../../labels.js";
import { go, place, remember } from "../../router.js";
import { session } from "../../session.js";
import { t, tn } from "../../t.js";
import { isWide } from "../../wide.js";
import { Card } from "./card.js";
import { filterChips, filterCleared, filterFrom, filterPath, groupOf, SORTS } from "../../filter.js";
import { useList } from "./list.js";
import { hasShortcuts, Preview, Table } from "./table.js";

/** @typedef {import("../../filter.js").Filter} Filter */

const DEBOUNCE = 300;

/** @typedef {{value: string, name: string}} Option */

/** Names for filters, learned when first needed. */
const names = signal({ who: "", categories: /** @type {Option[]} */ ([]), units: /** @type {Option[]} */ ([]) });

/** Without them the filter's lists are just shorter. */
async function learnNames() {
  const who = session.value?.username ?? "";
  if (names.value.who === who) {
    return;
  }
  const seesUnits = ["supervisor", "triage", "validator"].includes(session.value?.role ?? "");
  const [all, held] = await Promise.all([categoryList(), seesUnits ? unitList() : []]);
  names.value = {
    who,
    categories: all.map(({ code, name }) => ({ value: code, name })),
    units: unitsBelow(held).map(({ id, name }) => ({ value: id, name })),
  };
}

/**
 * A supervisor sees the own unit and those below it; others see all.
 * @param {import("../../types.js").Unit[]} all
 */
function unitsBelow(all) {
  const own = session.value?.role === "supervisor" ? session.value.unit?.id : null;
  if (!own) {
    return all;
  }
  const seen = new Set([own]);
  let size = 0;
  while (size < seen.size) {
    size = seen.size;
    all.filter((unit) => unit.parent && seen.has(unit.parent)).forEach((unit) => seen.add(unit.id));
  }
  return all.filter((unit) => seen.has(unit.id));
}

/** @param {Filter} filter @param {boolean} [replace] */
function show(filter, replace = false) {
  go(filterPath(filter), { replace, state: { q: filter.q } });
}

/**
 * Scroll and focus as they were when the officer left this list.
 * @param {string} key @param {ReturnType<typeof useList>} list
 */
function useReturn(key, list) {
  useLayoutEffect(() => {
    const { isReturn, state } = place.value;
    if (isReturn && state.focus && list.items.value.length) {
      scrollTo(0, state.scroll ?? 0);
      /** @type {HTMLElement|null} */
      const row = document.querySelector(`[data-row="${CSS.escape(state.focus)}"]`);
      row?.focus({ preventScroll: true });
    } else {
      scrollTo(0, 0);
    }
  }, [key]);
}

export function Screen() {
  const { key, query, state } = place.value;
  const filter = filterFrom(query, state);
  const list = useList(key, filter);
  const isOpen = useSignal(false);
  const isSearching = useSignal(filter.q !== "");
  const selected = useSignal("");

  const needsNames = isOpen.value || filter.category !== "" || filter.unit !== "";
  useEffect(() => {
    if (needsNames) {
      learnNames().catch(() => {});
    }
  }, [needsNames]);
  useReturn(key, list);

  /** @param {any} event a row is opened: come back to it */
  const leaving = (event) => {
    const row = event.target.closest?.("a[data-row], .preview a");
    if (row) {
      remember({ scroll: scrollY, focus: row.dataset.row ?? selected.value });
    }
  };
  const items = list.items.value;
  const areas = areasOf(items, filter);
  const current = items.find((one) => one.id === selected.value) ?? items[0] ?? null;
  return html`<div class="inbox" onClick=${leaving}>
    <${TopBar} title=${t("inbox.title")}>
      ${!isWide.value && html`<${PhoneTools} filter=${filter} isSearching=${isSearching} isOpen=${isOpen} />`}
      <button type="button" class="button-icon" onClick=${list.reload}>
        <${Icon} name="refresh" /><span class="unseen">${t("inbox.reload")}</span>
      </button>
    <//>
    <main class="inbox-main" id="main">
      ${isSearching.value && !isWide.value && html`<${Search} filter=${filter} focus=${!filter.q} />`}
      <${Tools} filter=${filter} open=${() => (isOpen.value = true)} />
      <${Chips} filter=${filter} areas=${areas} />
      <p class="inbox-count" role="status">${countText(list)}</p>
      <${Items} list=${list} filter=${filter} selected=${selected} current=${current} />
    </main>
    ${isOpen.value &&
    html`<${FilterSheet}
      value=${filter}
      categories=${names.value.categories}
      units=${names.value.units}
      areas=${areas}
      close=${() => (isOpen.value = false)}
      apply=${(/** @type {Filter} */ next) => {
        isOpen.value = false;
        show(next);
      }}
    />`}
  </div>`;
}

/**
 * @param {{filter: Filter, isSearching: import("@preact/signals").Signal<boolean>,
 *   isOpen: import("@preact/signals").Signal<boolean>}} props
 */
function PhoneTools({ filter, isSearching, isOpen }) {
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

/** @param {ReturnType<typeof useList>} list */
function countText(list) {
  const n = list.items.value.length;
  if (list.state.value === "loading" || list.error.value || !n) {
    return "";
  }
  return tn(list.cursor.value ? "inbox.count.more" : "inbox.count", n);
}

/** The kelurahan that this list shows; the filter offers no others. @param {import("../../types.js").Report[]} items @param {Filter} filter */
function areasOf(items, filter) {
  const found = new Map(filter.kelurahan ? [[filter.kelurahan, filter.kelurahan]] : []);
  for (const { location } of items) {
    if (location?.kelurahan) {
      found.set(location.kelurahan.code, location.kelurahan.name);
    }
  }
  const options = [...found].map(([value, name]) => ({ value, name }));
  return options.sort((a, b) => a.name.localeCompare(b.name));
}

/** @param {{filter: Filter, focus: boolean}} props */
function Search({ filter, focus }) {
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
function Tools({ filter, open }) {
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

/** @param {{name: string, value: string}} chip @param {Option[]} areas */
function chipText({ name, value }, areas) {
  const named = (/** @type {Option[]} */ list) => list.find((one) => one.value === value)?.name ?? value;
  switch (name) {
    case "status":
      return statusName(value);
    case "visibility":
      return t(`filter.visibility.${value}`);
    case "overdue":
      return t("filter.overdue");
    case "category":
      return named(names.value.categories);
    case "unit":
      return named(names.value.units);
    default:
      return named(areas);
  }
}

/** @param {{filter: Filter, areas: Option[]}} props */
function Chips({ filter, areas }) {
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

/**
 * @param {{list: ReturnType<typeof useList>, filter: Filter,
 *   selected: import("@preact/signals").Signal<string>,
 *   current: import("../../types.js").Report|null}} props
 */
function Items({ list, filter, selected, current }) {
  const items = list.items.value;
  if (list.state.value === "loading") {
    return html`<${Loading} rows=${4} />`;
  }
  if (list.error.value && !items.length) {
    return html`<${Failure} error=${list.error.value} retry=${list.reload} />`;
  }
  if (!items.length) {
    return html`<${None} filter=${filter} reload=${list.reload} />`;
  }
  const rows = isWide.value
    ? html`<div class="panes">
        <${Table}
          items=${items}
          sort=${filter.sort}
          setSort=${(/** @type {string} */ sort) => show({ ...filter, sort })}
          selected=${selected}
          current=${current}
        />
        <${Preview} report=${current} />
      </div>`
    : html`<ul class="cards">${items.map((report) => html`<${Card} key=${report.id} report=${report} />`)}</ul>`;
  return html`${rows}<${More} list=${list} />`;
}

/** @param {{filter: Filter, reload: () => void}} props */
function None({ filter, reload }) {
  const isNarrow = groupOf(filter) !== "all" || filterChips(filter).length || filter.q;
  if (isNarrow) {
    return html`<${Empty} icon="search" title=${t("inbox.none.title")} text=${t("inbox.none.text")}>
      <button type="button" class="button" onClick=${() => show(filterCleared(filter))}>${t("filter.clear")}</button>
    <//>`;
  }
  return html`<${Empty} title=${t("inbox.empty.title")} text=${t("inbox.empty.text")}>
    <button type="button" class="button" data-kind="second" onClick=${reload}>${t("inbox.reload")}</button>
  <//>`;
}

/** @param {{list: ReturnType<typeof useList>}} props */
function More({ list }) {
  if (list.error.value) {
    return html`<${Failure} error=${list.error.value} retry=${list.cursor.value ? list.more : list.reload} />`;
  }
  if (!list.cursor.value) {
    return html`<p class="inbox-end">${t("inbox.end")}</p>`;
  }
  const isBusy = list.state.value === "more";
  return html`<button type="button" class="button more" data-kind="second" disabled=${isBusy} onClick=${list.more}>
    ${t(isBusy ? "state.loading" : "inbox.more")}
  </button>`;
}
