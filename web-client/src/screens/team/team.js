// @ts-check
// For supervisors: who has how much to do, which dates wait for approval,
// and what is overdue.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError, reportList } from "../../api.js";
import { Icon } from "../../components/icon/icon.js";
import { ReportCard } from "../../components/report-card/report-card.js";
import { Empty, Failure, failureText, Loading } from "../../components/state/state.js";
import { say } from "../../components/toast/toast.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { Bar } from "../../desk/bar.js";
import { workloadList } from "../../desk/work-api.js";
import { html } from "../../html.js";
import { turnOf } from "../../labels.js";
import { answered, listKeep } from "../../memory.js";
import { session } from "../../session.js";
import { stepSend } from "../../step-send.js";
import { language, t } from "../../t.js";
import { longDay } from "../../time.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../types.js").Officer & {unit: import("../../types.js").Named}} Worker */

const PAGES_MAX = 5;
const LATE_SHOWN = 10;

/**
 * All pages of a list, up to some.
 * @template T
 * @param {(cursor: string|null) => Promise<{items: T[], next_cursor: string|null}>} ask
 */
async function all(ask) {
  const items = [];
  let cursor = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await ask(cursor);
    items.push(...answer.items);
    cursor = answer.next_cursor;
    if (!cursor) {
      break;
    }
  }
  return items;
}

/** @param {Record<string, any>} filter */
function reports(filter) {
  return (/** @type {string|null} */ cursor) => reportList({ ...filter, limit: "100", cursor: cursor ?? undefined });
}

async function teamRead() {
  const [workers, busy, late] = await Promise.all([
    all(workloadList),
    all(reports({ status: ["in_progress"] })),
    reportList({ status: turnOf("supervisor"), overdue: "true", sort: "due_at", limit: String(LATE_SHOWN) }),
  ]);
  workers.sort((a, b) => b.open - a.open || a.name.localeCompare(b.name));
  const wishes = busy.filter(({ schedule }) => schedule && !schedule.approved);
  return { workers, wishes, late: late.items, isMore: Boolean(late.next_cursor) };
}

function useTeam() {
  const team = useSignal(/** @type {Awaited<ReturnType<typeof teamRead>>|null} */ (null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const load = async () => {
    error.value = null;
    try {
      team.value = await teamRead();
      listKeep("team", { items: [...team.value.wishes, ...team.value.late], cursor: null, language: language.value });
    } catch (cause) {
      error.value = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
    }
  };
  useEffect(() => {
    load();
  }, [language.value, answered.value]);
  return { team: team.value, error: error.value, load };
}

export function Screen() {
  const isOurs = session.value?.role === "supervisor";
  return html`<div class="team inbox">
    <${TopBar} title=${t("team.title")} />
    <main id="main">
      ${isOurs ? html`<${Content} />` : html`<${Empty} icon="user" title=${t("failure.forbidden.title")} text=${t("failure.forbidden.text")} />`}
    </main>
  </div>`;
}

function Content() {
  const { team, error, load } = useTeam();
  if (error && !team) {
    return html`<${Failure} error=${error} retry=${load} />`;
  }
  if (!team) {
    return html`<${Loading} rows=${3} />`;
  }
  return html`<div class="team-columns">
    <section class="panel">
      <h2 class="section-title">${t("team.work")}</h2>
      ${team.workers.length ? html`<${Workload} workers=${team.workers} />` : html`<p class="quiet">${t("step.officer.none")}</p>`}
    </section>
    <div class="team-lists">
      <section>
        <h2 class="section-title">${t("team.wishes")}</h2>
        ${team.wishes.length
          ? html`<ul class="cards">${team.wishes.map((report) => html`<${Wish} key=${report.id} report=${report} reload=${load} />`)}</ul>`
          : html`<p class="quiet">${t("team.wishes.none")}</p>`}
      </section>
      <section>
        <h2 class="section-title">${t("team.late")}</h2>
        ${team.late.length
          ? html`<ul class="cards">${team.late.map((report) => html`<${ReportCard} key=${report.id} report=${report} />`)}</ul>`
          : html`<p class="quiet">${t("team.late.none")}</p>`}
        ${team.isMore && html`<p><a class="button" data-kind="second" href="/?overdue=true">${t("team.late.all")}</a></p>`}
      </section>
    </div>
  </div>`;
}

/** @param {{workers: Worker[]}} props */
function Workload({ workers }) {
  const most = Math.max(1, ...workers.map((one) => one.open));
  return html`<table class="figures">
    <caption>${t("team.work.hint")}</caption>
    <thead>
      <tr><th scope="col">${t("report.officer")}</th><th scope="col" class="number">${t("team.open")}</th><th scope="col" class="number">${t("team.overdue")}</th></tr>
    </thead>
    <tbody>
      ${workers.map((one) => html`<tr key=${one.id}>
        <th scope="row">${one.name}<span>${one.unit.name}</span></th>
        <td class="number">${one.open}<${Bar} part=${one.open / most} /></td>
        <td class="number">${one.overdue}<${Bar} part=${one.overdue / most} tone="red" /></td>
      </tr>`)}
    </tbody>
  </table>`;
}

/** A date an officer wished for. Refusing needs a reason, so that is done at the report. @param {{report: Report, reload: () => void}} props */
function Wish({ report, reload }) {
  const isBusy = useSignal(false);
  const approve = async () => {
    isBusy.value = true;
    const done = await stepSend(report, { type: "approve_schedule" });
    isBusy.value = false;
    if (done.state === "stale") {
      say(t("bulk.refused.stale"), false);
      reload();
    } else if (done.state === "refused") {
      say(failureText(/** @type {any} */ (done.error)).title, false);
    }
  };
  return html`<${ReportCard} report=${report}>
    <p class="wish-day"><${Icon} name="calendar" />${t("timeline.until", { day: longDay(report.schedule?.until ?? "") })}</p>
    <div class="wish-act">
      <button type="button" class="button" disabled=${isBusy.value} onClick=${approve}>
        <${Icon} name="check" />${t(isBusy.value ? "action.sending" : "step.approve_schedule")}
      </button>
    </div>
  <//>`;
}
