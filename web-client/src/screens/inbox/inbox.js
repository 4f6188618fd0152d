// @ts-check
// The inbox: what waits for this officer, most urgent first.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";

import { FilterSheet } from "../../components/filter-sheet/filter-sheet.js";
import { Icon } from "../../components/icon/icon.js";
import { ReportCard } from "../../components/report-card/report-card.js";
import { Empty, Failure, Loading } from "../../components/state/state.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { html } from "../../html.js";
import { place, remember } from "../../router.js";
import { t, tn } from "../../t.js";
import { isWide } from "../../wide.js";
import { filterChips, filterCleared, filterFrom, groupOf } from "../../filter.js";
import { PickBar, PickButton, usePicks } from "./bulk.js";
import { useList } from "./list.js";
import { areasOf, learnNames, names } from "./names.js";
import { Preview, Table } from "./table.js";
import { Chips, PhoneTools, Search, show, Tools } from "./tools.js";
import { ManageViews, ViewButton, Views } from "./views.js";

/** @typedef {import("../../filter.js").Filter} Filter */

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
  const picks = usePicks(key);
  const isViewing = useSignal(false);

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
      ${!isWide.value && html`<${PickButton} picks=${picks} /><${ViewButton} open=${() => (isViewing.value = true)} />`}
      <button type="button" class="button-icon" onClick=${list.reload}>
        <${Icon} name="refresh" /><span class="unseen">${t("inbox.reload")}</span>
      </button>
    <//>
    <main class="inbox-main" id="main">
      ${isSearching.value && !isWide.value && html`<${Search} filter=${filter} focus=${!filter.q} />`}
      <${Tools} filter=${filter} open=${() => (isOpen.value = true)} />
      <${Views} filter=${filter} isReady=${list.state.value !== "loading"} />
      <${Chips} filter=${filter} areas=${areas} />
      <${ListHead} list=${list} picks=${picks} isViewing=${isViewing} />
      <${Items} list=${list} filter=${filter} selected=${selected} current=${current} picks=${picks} />
      ${picks.isOn.value && html`<${PickBar} picks=${picks} items=${items} reload=${list.reload} />`}
    </main>
    <${ManageViews} filter=${filter} isOpen=${isViewing} />
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
 * @param {{list: ReturnType<typeof useList>, isViewing: import("@preact/signals").Signal<boolean>,
 *   picks: import("../../components/report-card/report-card.js").Picks}} props
 */
function ListHead({ list, picks, isViewing }) {
  return html`<div class="list-head">
    <p class="inbox-count" role="status">${countText(list)}</p>
    ${isWide.value && html`<${PickButton} picks=${picks} /><${ViewButton} open=${() => (isViewing.value = true)} />`}
  </div>`;
}

/** @param {ReturnType<typeof useList>} list */
function countText(list) {
  const n = list.items.value.length;
  if (list.state.value === "loading" || list.error.value || !n) {
    return "";
  }
  return tn(list.cursor.value ? "inbox.count.more" : "inbox.count", n);
}

/**
 * @param {{list: ReturnType<typeof useList>, filter: Filter,
 *   selected: import("@preact/signals").Signal<string>,
 *   current: import("../../types.js").Report|null,
 *   picks: import("../../components/report-card/report-card.js").Picks}} props
 */
function Items({ list, filter, selected, current, picks }) {
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
          picks=${picks}
        />
        <${Preview} report=${current} />
      </div>`
    : html`<ul class="cards">${items.map((report) => html`<${ReportCard} key=${report.id} report=${report} picks=${picks} />`)}</ul>`;
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
