// @ts-check
// One report: label first, then what is asked of the officer, then what
// happened so far. What may not be seen is a lock with its reason.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError, eventAdd } from "../../api.js";
import { Composer } from "../../components/composer/composer.js";
import { Cover } from "../../components/cover/cover.js";
import { Deadline, DueExact } from "../../components/deadline/deadline.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner } from "../../components/label-banner/label-banner.js";
import { Lock } from "../../components/lock/lock.js";
import { PhotoStrip } from "../../components/photo-strip/photo-strip.js";
import { Failure, failureText, Loading } from "../../components/state/state.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { Timeline } from "../../components/timeline/timeline.js";
import { say } from "../../components/toast/toast.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { Watermark } from "../../components/watermark/watermark.js";
import { html } from "../../html.js";
import { actionsFor } from "../../labels.js";
import { neighbours } from "../../memory.js";
import { entries } from "../../outbox.js";
import { go, place } from "../../router.js";
import { isCovered, session } from "../../session.js";
import { t, tn } from "../../t.js";
import { age, dateTime, now } from "../../time.js";
import { Conflict } from "../../components/conflict/conflict.js";
import { useReport } from "../../report-data.js";
import { Location } from "./location.js";

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
  const may = actionsFor(who, report);
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
              <${Evidence} report=${report} />
              <${Location} report=${report} />
              <${Facts} report=${report} />
            </div>
            <div class="report-second">
              <${History} data=${data} report=${report} />
              ${(may.reply || may.note) &&
              html`<section class="panel" id="compose">
                <${Composer}
                  report=${report}
                  may=${may}
                  done=${(/** @type {any} */ answer) => answer && data.apply(answer)}
                  conflict=${stale}
                />
              </section>`}
            </div>
          </div>
        `}
    <${Actions} report=${report} may=${may} data=${data} stale=${stale} />
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
  const count = queuedFor(id).length;
  if (!count) {
    return null;
  }
  return html`<div class="notice" role="status">
    <${Icon} name="send" />
    <div><p>${tn("report.queued", count)} <a href="/outbox">${t("outbox.open")}</a></p></div>
  </div>`;
}

/** @param {string} id */
function queuedFor(id) {
  return entries.value.filter((entry) => entry.body.report === id);
}

/** @param {{report: Report}} props */
function Summary({ report }) {
  return html`<section class="panel summary">
    <div class="summary-state"><${StatusTag} status=${report.status} /><${Deadline} report=${report} /></div>
    <${DueExact} report=${report} />
    <h2 class="summary-title">${report.category?.name ?? t("report.no_category")}</h2>
    <p class="summary-text">${report.description ?? ""}</p>
  </section>`;
}

/** @param {{report: Report}} props */
function Facts({ report }) {
  return html`<section class="panel">
    <dl class="facts">
      <div><dt>${t("report.unit")}</dt><dd>${report.unit?.name ?? t("report.no_unit")}</dd></div>
      <div><dt>${t("report.received")}</dt><dd>${dateTime(report.received_at)} <span class="facts-more">(${age(report.received_at)})</span></dd></div>
      ${report.occurred_at && html`<div><dt>${t("report.occurred")}</dt><dd>${dateTime(report.occurred_at)}</dd></div>`}
    </dl>
  </section>`;
}

/** Reporter and photos, or the locks in their place. @param {{report: Report}} props */
function Evidence({ report }) {
  return html`<section class="panel evidence" aria-label=${t("report.evidence")}>
    ${report.reporter?.anonymous
      ? html`<h2 class="section-title">${t("report.reporter")}</h2>
          <p class="anonymous"><${Icon} name="user" />${t("report.anonymous")}</p>`
      : html`<${Lock} title=${t("lock.identity")} reason=${t("lock.identity.reason")} />`}
    <${ReportPhotos} report=${report} />
  </section>`;
}

/** @param {{report: Report}} props */
function ReportPhotos({ report }) {
  if (report.photos?.locked ?? true) {
    return html`<${Lock} title=${t("lock.photos")} reason=${t("lock.photos.reason")} />`;
  }
  const items = report.photos?.items ?? [];
  return html`<h2 class="section-title">${t("report.photos")}</h2>
    ${items.length
      ? html`<${PhotoStrip} photos=${items} label=${report.confidentiality} name="report" />`
      : html`<p class="quiet">${t("report.no_photos")}</p>`}`;
}

/** @param {{data: ReturnType<typeof useReport>, report: Report}} props */
function History({ data, report }) {
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

/**
 * @param {{report: Report, may: ReturnType<typeof actionsFor>,
 *   data: ReturnType<typeof useReport>, stale: () => Promise<void>}} props
 */
function Actions({ report, may, data, stale }) {
  const isBusy = useSignal(false);
  const key = useSignal("");
  const take = async () => {
    if (isBusy.value) {
      return;
    }
    isBusy.value = true;
    key.value ||= crypto.randomUUID();
    try {
      const answer = await eventAdd({ id: report.id, version: report.version, key: key.value, event: { type: "take" } });
      data.apply(answer);
      key.value = "";
      say(t("take.done"));
    } catch (cause) {
      await refused(/** @type {ApiError} */ (cause));
    }
    isBusy.value = false;
  };
  /** @param {ApiError} error */
  const refused = async (error) => {
    if (!error.isTransient) {
      key.value = "";
    }
    if (error.status === 412 || error.status === 409) {
      await stale();
    } else if (error.status !== 401) {
      say(failureText(error).title, false);
    }
  };
  const primary = primaryAction(report, may, isBusy.value, take);
  if (!primary && !may.reply && !may.note) {
    return null;
  }
  return html`<div class="actions">
    ${primary}
    ${(may.reply || may.note) &&
    html`<button type="button" class="button" data-kind="second" onClick=${compose}>
      <${Icon} name="note" />${t(may.reply ? "composer.open" : "composer.open.note")}
    </button>`}
  </div>`;
}

function compose() {
  document.getElementById("compose")?.scrollIntoView({ block: "start" });
  document.getElementById("composer-text")?.focus({ preventScroll: true });
}

/**
 * @param {Report} report @param {ReturnType<typeof actionsFor>} may
 * @param {boolean} isBusy @param {() => void} take
 */
function primaryAction(report, may, isBusy, take) {
  if (may.take) {
    return html`<button type="button" class="button" disabled=${isBusy} onClick=${take}>
      <${Icon} name="hand" />${t(isBusy ? "action.sending" : "take.do")}
    </button>`;
  }
  const isFollowed = queuedFor(report.id).some((entry) => entry.body.event.type === "follow_up");
  if (may.follow_up && !isFollowed) {
    return html`<a class="button" href=${`/reports/${report.id}/follow-up`}><${Icon} name="camera" />${t("follow.do")}</a>`;
  }
  if (may.validate) {
    return html`<a class="button" href=${`/reports/${report.id}/validate`}><${Icon} name="shield" />${t("validate.do")}</a>`;
  }
  return null;
}
