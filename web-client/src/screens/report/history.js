// @ts-check
// What happened so far, and who held the report when.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { handOverList } from "../../api.js";
import { Icon } from "../../components/icon/icon.js";
import { Loading } from "../../components/state/state.js";
import { Timeline } from "../../components/timeline/timeline.js";
import { html } from "../../html.js";
import { t } from "../../t.js";
import { dateTime, duration, now } from "../../time.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../types.js").HandOver} HandOver */
/** @typedef {ReturnType<typeof import("../../report-data.js").useReport>} Data */

/** @param {{data: Data, report: Report}} props */
export function History({ data, report }) {
  const failed = useSignal(false);
  const more = () => {
    failed.value = false;
    data.more().catch(() => (failed.value = true));
  };
  return html`<section class="panel">
    <h2 class="section-title">${t("timeline.title")}</h2>
    ${data.isLoading.value && !data.events.value.length
      ? html`<${Loading} rows=${1} />`
      : data.events.value.length
        ? html`<${Timeline} events=${data.events.value} label=${report.confidentiality} />`
        : html`<p class="quiet">${t("timeline.empty")}</p>`}
    ${failed.value && html`<p class="field-error" role="alert">${t("failure.offline.title")}</p>`}
    ${data.cursor.value && html`<button
      type="button"
      class="button"
      data-kind="second"
      onClick=${more}
    >${t("timeline.more")}</button>`}
  </section>`;
}

/** @param {{one: HandOver}} props */
function Leg({ one }) {
  const until = one.ended_at ? Date.parse(one.ended_at) : now();
  const held = duration(until - Date.parse(one.at));
  return html`<li class="leg">
    <p class="leg-units"><strong>${one.from_unit?.name ?? t("report.no_unit")}</strong> <${Icon} name="forward" /><span class="unseen">${t("journey.to")}</span> <strong>${one.to_unit.name}</strong></p>
    <p class="quiet">
      ${t(`journey.${one.kind}`)} · ${dateTime(one.at)} · ${t(one.ended_at ? "journey.held" : "journey.holds", { time: held })}${one.returned ? ` · ${t("journey.returned")}` : ""}
    </p>
    ${one.reason && html`<p class="leg-reason">${one.reason}</p>`}
  </li>`;
}

/**
 * The hand-overs as a list of their own: asked for when somebody looks.
 * @param {{report: Report, events: import("../../types.js").Event[]}} props
 */
export function Journey({ report, events }) {
  const items = useSignal(/** @type {HandOver[]|null} */ (null));
  const failed = useSignal(false);
  const hasMoved = ["coordination", "disposition"].includes(report.status) || events.some(({ type }) => type === "hand_over" || type === "dispose");
  /** @param {any} event */
  const opened = (event) => {
    if (event.target.open && !items.value) {
      failed.value = false;
      handOverList(report.id).then((list) => (items.value = list), () => (failed.value = true));
    }
  };
  if (!hasMoved) {
    return null;
  }
  return html`<details class="panel journey" onToggle=${opened}>
    <summary><h2>${t("journey.title")}</h2></summary>
    ${failed.value
      ? html`<p class="field-error" role="alert">${t("failure.offline.title")}</p>`
      : items.value
        ? html`<ol class="legs">${items.value.map((one) => html`<${Leg} key=${one.id} one=${one} />`)}</ol>`
        : html`<${Loading} rows=${1} />`}
  </details>`;
}
