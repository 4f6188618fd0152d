// @ts-check
// One report: label first, then what is asked of the officer, then what
// happened so far. What may not be seen is a lock with its reason.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { Conflict } from "../../components/conflict/conflict.js";
import { Cover } from "../../components/cover/cover.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner } from "../../components/label-banner/label-banner.js";
import { Evidence, Facts, Summary } from "../../components/report-parts/facts.js";
import { Location } from "../../components/report-parts/location.js";
import { Signs } from "../../components/report-parts/signs.js";
import { Failure, Loading } from "../../components/state/state.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { Watermark } from "../../components/watermark/watermark.js";
import { html } from "../../html.js";
import { neighbours } from "../../memory.js";
import { entries } from "../../outbox.js";
import { useReport } from "../../report-data.js";
import { go, place } from "../../router.js";
import { isCovered, session } from "../../session.js";
import { t, tn } from "../../t.js";
import { dateTime, now } from "../../time.js";
import { Actions } from "./actions.js";
import { History, Journey } from "./history.js";

/** @typedef {import("../../types.js").Report} Report */

export function Screen() {
  const id = place.value.params.id;
  return html`<${One} key=${id} id=${id} />`;
}

/** @param {{id: string}} props */
function One({ id }) {
  const data = useReport(id);
  const report = data.report.value;
  useEffect(() => scrollTo(0, 0), [id]);
  const ticket = report?.ticket ?? t("report.title");
  return html`<div class="report">
    <${TopBar} title=${ticket} tab=${report?.ticket ?? t("report.title")} back="/"><${Neighbours} id=${id} /><//>
    ${report && (!data.error.value || data.error.value.isTransient)
      ? html`<${Body} report=${report} data=${data} />`
      : html`<main class="report-main" id="main">
          ${data.error.value ? html`<${Failure} error=${data.error.value} retry=${data.load} />` : html`<${Loading} rows=${3} />`}
        </main>`}
  </div>`;
}

/** @param {{id: string}} props */
function Neighbours({ id }) {
  const { before, after } = neighbours(id);
  if (!before && !after) {
    return null;
  }
  /** @param {string|null} to @param {string} icon @param {string} text */
  const button = (to, icon, text) => html`<button
    type="button"
    class="button-icon"
    disabled=${!to}
    onClick=${() => go(`/reports/${to}`, { replace: true })}
  >
    <${Icon} name=${icon} /><span class="unseen">${text}</span>
  </button>`;
  return html`<div class="neighbours">
    ${button(before, "back", t("report.previous"))}${button(after, "forward", t("report.next"))}
  </div>`;
}

/** @param {{report: Report, data: ReturnType<typeof useReport>}} props */
function Body({ report, data }) {
  const who = /** @type {import("../../types.js").Session} */ (session.value);
  const conflict = useSignal("");
  const opened = useSignal(now());
  const isPrivate = report.visibility === "private";

  const stale = async () => {
    const before = report.status;
    await data.load();
    conflict.value = before;
  };
  return html`<main class="report-main" id="main">
    <${LabelBanner} label=${report.confidentiality} />
    ${isPrivate && html`<${Watermark} text=${`${who.name} · ${dateTime(opened.value)}`} />`}
    ${isCovered(report)
      ? html`<${Cover} />`
      : html`
          ${conflict.value &&
          html`<${Conflict}
            before=${conflict.value}
            report=${data.report.value}
            events=${data.events.value}
            close=${() => (conflict.value = "")}
          />`}
          ${data.error.value && html`<${Old} retry=${data.load} />`}
          <${Queued} id=${report.id} />
          <div class="report-columns">
            <div class="report-first">
              <${Summary} report=${report} />
              <${Signs} report=${report} events=${data.events.value} />
              <${Evidence} report=${report} />
              <${Location} report=${report} />
              <${Facts} report=${report} />
            </div>
            <div class="report-second">
              <${History} data=${data} report=${report} />
              <${Journey} key=${report.version} report=${report} events=${data.events.value} />
            </div>
          </div>
          <${Actions} report=${report} data=${data} stale=${stale} />
        `}
  </main>`;
}

/** What is shown may be old: the server could not be asked. @param {{retry: () => void}} props */
function Old({ retry }) {
  return html`<div class="notice" role="status">
    <${Icon} name="offline" />
    <div>
      <p>${t("report.old")}</p>
      <button type="button" class="button" data-kind="second" onClick=${retry}>${t("action.retry")}</button>
    </div>
  </div>`;
}

/** Steps of this officer that have not reached the server yet. @param {{id: string}} props */
function Queued({ id }) {
  const count = entries.value.filter((entry) => entry.body.report === id).length;
  if (!count) {
    return null;
  }
  return html`<div class="notice" role="status">
    <${Icon} name="send" />
    <div><p>${tn("report.queued", count)} <a href="/outbox">${t("outbox.open")}</a></p></div>
  </div>`;
}
