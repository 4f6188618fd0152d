// @ts-check
// The report under decision: its words and why it was held, then what to do
// with it. At a desk the form stands beside it, on a phone it opens over it.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { Cover } from "../../components/cover/cover.js";
import { Dialog } from "../../components/dialog/dialog.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner } from "../../components/label-banner/label-banner.js";
import { Evidence, Facts, Summary } from "../../components/report-parts/facts.js";
import { Location } from "../../components/report-parts/location.js";
import { Signs } from "../../components/report-parts/signs.js";
import { Failure, Loading } from "../../components/state/state.js";
import { Timeline } from "../../components/timeline/timeline.js";
import { Watermark } from "../../components/watermark/watermark.js";
import { html } from "../../html.js";
import { useReport } from "../../report-data.js";
import { isCovered, session } from "../../session.js";
import { t } from "../../t.js";
import { dateTime, now } from "../../time.js";
import { isWide } from "../../wide.js";
import { Merge } from "./merge.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {ReturnType<typeof useReport>} Data */

/** In the order of the keys 1 to 4. */
const DECISIONS = /** @type {const} */ (["route", "merge", "split", "reject"]);
const ICONS = { route: "send", merge: "merge", split: "branch", reject: "ban" };

/** What triage may do with a report of the queue, until the opened one says so itself. */
const IN_QUEUE = ["route", "reject", "merge", "split", "note"];

/** @param {Report} report @returns {Report} */
function ready(report) {
  return report.steps || report.status !== "incoming" ? report : { ...report, steps: IN_QUEUE };
}

/** @type {MutationObserver|null} */
let focusing = null;

/** To the first field of a form, as soon as it stands there. @param {string} step */
function focusSoon(step) {
  focusing?.disconnect();
  const first = () => /** @type {HTMLElement|null} */ (
    document.querySelector(`.decision [data-pane="${step}"] :is(input:not(.unseen), textarea, select)`)
  );
  const found = first();
  if (found) {
    found.focus();
    return;
  }
  focusing = new MutationObserver(() => {
    const late = first();
    if (late) {
      focusing?.disconnect();
      late.focus();
    }
  });
  focusing.observe(document.body, { childList: true, subtree: true });
}

/**
 * @param {{id: string, decide: {current: (at: number) => void},
 *   advance: () => void}} props
 */
export function One({ id, decide, advance }) {
  const data = useReport(id);
  const known = data.report.value;
  const report = known && ready(known);
  const step = useSignal(/** @type {string} */ (isWide.value ? "route" : ""));
  decide.current = (at) => {
    step.value = DECISIONS[at];
    focusSoon(step.value);
  };
  if (!report || (data.error.value && !data.error.value.isTransient)) {
    return html`<div class="triage-report">
      ${data.error.value ? html`<${Failure} error=${data.error.value} retry=${data.load} />` : html`<${Loading} rows=${3} />`}
    </div><div></div>`;
  }
  return html`<${Read} report=${report} data=${data} />
    <${Decide} report=${report} data=${data} step=${step} advance=${advance} />`;
}

/** @param {{report: Report, data: Data}} props */
function Read({ report, data }) {
  const who = /** @type {import("../../types.js").Session} */ (session.value);
  const opened = useSignal(now());
  const appeal = report.held_for?.includes("appeal") && data.events.value.find(({ type }) => type === "appeal");
  return html`<article class="triage-report report" aria-label=${report.ticket}>
    ${isWide.value && html`<h2 class="triage-ticket ticket">${report.ticket}</h2>`}
    <${LabelBanner} label=${report.confidentiality} />
    ${report.visibility === "private" && html`<${Watermark} text=${`${who.name} · ${dateTime(opened.value)}`} />`}
    ${isCovered(report)
      ? html`<${Cover} />`
      : html`
          <${Signs} report=${report} events=${data.events.value} />
          ${appeal &&
          html`<section class="panel triage-appeal">
            <h2 class="section-title"><${Icon} name="megaphone" />${t("triage.appeal")}</h2>
            <p class="summary-text">${appeal.text}</p>
          </section>`}
          <${Summary} report=${report} />
          <${Evidence} report=${report} />
          <${Location} report=${report} />
          <${Facts} report=${report} />
          ${data.events.value.length > 1 &&
          html`<section class="panel">
            <h2 class="section-title">${t("timeline.title")}</h2>
            <${Timeline} events=${data.events.value} label=${report.confidentiality} />
          </section>`}
        `}
  </article>`;
}

/** The forms come in a file of their own; it is asked for at once. */
function useForms() {
  const forms = useSignal(/** @type {any} */ (null));
  const failed = useSignal(false);
  useEffect(() => {
    import("../../components/step-sheet/step-sheet.js").then((module) => (forms.value = module), () => (failed.value = true));
  }, []);
  return { forms: forms.value, isFailed: failed.value };
}

/**
 * @param {{report: Report, data: Data, step: import("@preact/signals").Signal<string>,
 *   advance: () => void}} props
 */
function Decide({ report, data, step, advance }) {
  const { forms, isFailed } = useForms();
  const steps = report.steps ?? [];
  const close = () => (step.value = isWide.value ? "route" : "");
  const left = () => {
    const isStaying = step.value === "split";
    close();
    if (!isStaying) {
      advance();
    }
  };
  const buttons = html`<div class="decisions" role="group" aria-label=${t("triage.decision")}>
    ${DECISIONS.map(
      (one, at) => html`<button
        type="button"
        key=${one}
        data-step=${one}
        aria-pressed=${isWide.value ? step.value === one : undefined}
        aria-haspopup=${isWide.value ? undefined : "dialog"}
        disabled=${!steps.includes(one)}
        onClick=${() => (step.value = one)}
      >
        <${Icon} name=${ICONS[one]} /><span>${t(`triage.do.${one}`)}</span>${isWide.value && html`<kbd aria-hidden="true">${at + 1}</kbd>`}
      </button>`,
    )}
  </div>`;
  const isOpen = step.value && steps.includes(step.value);
  const props = { step: step.value, report, data, close, done: left };
  const waiting = isFailed ? html`<p class="step-failed" role="alert">${t("unloaded.text")}</p>` : html`<${Loading} rows=${2} />`;
  if (!isWide.value) {
    return html`${buttons}
      ${isOpen && step.value === "merge" && html`<${Dialog} title=${t("triage.do.merge")} close=${close} kind="drawer"><${Merge} ...${props} /><//>`}
      ${isOpen && step.value !== "merge" && forms && html`<${forms.StepSheet} key=${step.value} ...${props} />`}
      ${isOpen && step.value !== "merge" && !forms && html`<${Dialog} title=${t(`step.${step.value}`)} close=${close} kind="drawer">${waiting}<//>`}`;
  }
  return html`<section class="decision" aria-label=${t("triage.decision")}>
    ${buttons}
    ${!steps.includes("route") && html`<p class="decision-over">${t("triage.over")}</p>`}
    ${isOpen &&
    html`<div class="decision-pane" data-pane=${step.value} key=${step.value}>
      ${step.value === "merge" ? html`<${Merge} ...${props} />` : forms ? html`<${forms.StepPane} ...${props} />` : waiting}
    </div>`}
  </section>`;
}
