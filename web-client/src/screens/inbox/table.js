// @ts-check
// The list as a table with a preview beside it, for desktops. A row shows
// its label in a line of its own; j and k walk, Enter opens.
// SPDX-License-Identifier: ISC
import { useEffect, useRef } from "preact/hooks";

import { Deadline, DueExact } from "../../components/deadline/deadline.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner, LabelLine } from "../../components/label-banner/label-banner.js";
import { PickBox } from "../../components/report-card/report-card.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { html } from "../../html.js";
import { statusLook } from "../../labels.js";
import { t } from "../../t.js";
import { age, dateTime } from "../../time.js";
import { wordsOf } from "../../words.js";

/** @typedef {import("../../types.js").Report} Report */

/** Single keys can be switched off in the menu. */
export function hasShortcuts() {
  return localStorage.getItem("crm.keys") !== "off";
}

/** @param {KeyboardEvent} event */
function isTyping(event) {
  const target = /** @type {Element} */ (event.target);
  return event.ctrlKey || event.metaKey || event.altKey || target.closest?.("input, textarea, select, dialog");
}

/** @param {string} id */
function focusRow(id) {
  /** @type {HTMLElement|null} */
  const link = document.querySelector(`[data-row="${CSS.escape(id)}"]`);
  link?.focus();
}

/**
 * @param {{items: Report[], sort: string, setSort: (sort: string) => void,
 *   selected: import("@preact/signals").Signal<string>, current: Report|null,
 *   picks: import("../../components/report-card/report-card.js").Picks}} props
 */
export function Table({ items, sort, setSort, selected, current, picks }) {
  const rows = useRef(items);
  rows.current = items;
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const key = (event) => {
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (!step || isTyping(event) || !hasShortcuts()) {
        return;
      }
      const at = rows.current.findIndex((one) => one.id === selected.value);
      const next = rows.current[Math.max(0, Math.min(rows.current.length - 1, at + step))];
      if (next) {
        selected.value = next.id;
        focusRow(next.id);
      }
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  const received = sort === "received_at" ? "-received_at" : "received_at";
  return html`<table class="table">
    <thead>
      <tr>
        <th scope="col">${t("table.status")}</th>
        <th scope="col">${t("table.report")}</th>
        <th scope="col">${t("table.area")}</th>
        <th scope="col" aria-sort=${sort === "-received_at" ? "descending" : "ascending"}>
          <${Heading} text=${t("table.due")} isOn=${sort === "due_at"} act=${() => setSort("due_at")} />
          <${Heading} text=${t("table.received")} isOn=${sort !== "due_at"} act=${() => setSort(received)} />
        </th>
      </tr>
    </thead>
    ${items.map((report) => html`<${Row}
      key=${report.id}
      report=${report}
      isOn=${report === current}
      picks=${picks}
      choose=${() => (selected.value = report.id)}
    />`)}
  </table>`;
}

/** @param {{text: string, isOn: boolean, act: () => void}} props */
function Heading({ text, isOn, act }) {
  return html`<button type="button" class="table-sort" data-on=${isOn} aria-pressed=${isOn} onClick=${act}>
    ${text}<${Icon} name="sort" />
  </button>`;
}

/**
 * @param {{report: Report, isOn: boolean, choose: () => void,
 *   picks: import("../../components/report-card/report-card.js").Picks}} props
 */
function Row({ report, isOn, choose, picks }) {
  const tone = statusLook(report.status).tone;
  return html`<tbody class="row" data-on=${isOn} data-tone=${tone} onClick=${choose} onFocusIn=${choose}>
    <tr>
      <td class="row-state">${picks.isOn.value && html`<${PickBox} report=${report} picks=${picks} />`}<${StatusTag} status=${report.status} /></td>
      <td class="row-report">
        <a href=${`/reports/${report.id}`} data-row=${report.id} aria-current=${isOn ? "true" : undefined}>
          ${report.category?.name ?? t("report.no_category")}
        </a>
        <span class="row-text">${wordsOf(report)}</span>
      </td>
      <td>${report.location?.kelurahan?.name ?? t("report.no_area")}<span class="ticket">${report.ticket}</span></td>
      <td><${Deadline} report=${report} /><span class="row-age">${age(report.received_at)}</span></td>
    </tr>
    <tr class="row-label">
      <td></td>
      <td colspan="3"><${LabelLine} label=${report.confidentiality} /></td>
    </tr>
  </tbody>`;
}

/** Shows what the list already holds: it opens nothing and asks for nothing. @param {{report: Report|null}} props */
export function Preview({ report }) {
  if (!report) {
    return html`<aside class="preview" aria-label=${t("preview.title")}><p class="preview-hint">${t("preview.none")}</p></aside>`;
  }
  const count = report.photos?.items?.length ?? 0;
  return html`<aside class="preview" aria-label=${t("preview.title")}>
    <p class="ticket">${report.ticket}</p>
    <h2>${report.category?.name ?? t("report.no_category")}</h2>
    <${LabelBanner} label=${report.confidentiality} />
    <div class="preview-state"><${StatusTag} status=${report.status} /><${Deadline} report=${report} /></div>
    <${DueExact} report=${report} />
    <p class="preview-text">${wordsOf(report)}</p>
    <dl class="facts">
      <div><dt>${t("report.reporter")}</dt><dd>${report.reporter?.anonymous ? t("report.anonymous") : html`<${Icon} name="lock" />${t("lock.word")}`}</dd></div>
      <div><dt>${t("report.photos")}</dt><dd>${report.photos?.locked ? html`<${Icon} name="lock" />${t("lock.word")}` : count}</dd></div>
      <div><dt>${t("report.address")}</dt><dd>${report.location?.address ?? t("report.no_address")}</dd></div>
      <div><dt>${t("report.unit")}</dt><dd>${report.unit?.name ?? t("report.no_unit")}</dd></div>
      <div><dt>${t("report.received")}</dt><dd>${dateTime(report.received_at)}</dd></div>
    </dl>
    <a class="button" href=${`/reports/${report.id}`}>${t("preview.open")}</a>
  </aside>`;
}
