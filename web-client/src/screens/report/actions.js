// @ts-check
// What this reader may do now, as the API says: the likely step as one big
// button, the others in a sheet, and the next report once all is done.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { reportList } from "../../api.js";
import { Dialog } from "../../components/dialog/dialog.js";
import { Icon } from "../../components/icon/icon.js";
import { failureText, Loading } from "../../components/state/state.js";
import { say } from "../../components/toast/toast.js";
import { html } from "../../html.js";
import { eventLook, stepPath, stepsOffered, turnOf } from "../../labels.js";
import { answered, listKeep, nextWaiting } from "../../memory.js";
import { entries } from "../../outbox.js";
import { go } from "../../router.js";
import { session } from "../../session.js";
import { stepSend } from "../../step-send.js";
import { language, t } from "../../t.js";
import { isWide } from "../../wide.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {ReturnType<typeof import("../../report-data.js").useReport>} Data */

/** Steps that stand beside the big button where there is room. */
const BESIDE = ["reply", "note"];

/** The forms come in a file of their own. @param {string} step "" asks for nothing */
function useSheet(step) {
  const Sheet = useSignal(/** @type {any} */ (null));
  const failed = useSignal(false);
  useEffect(() => {
    if (step && !Sheet.value) {
      failed.value = false;
      import("../../components/step-sheet/step-sheet.js").then(
        (module) => (Sheet.value = () => module.StepSheet),
        () => (failed.value = true),
      );
    }
  }, [step]);
  return { Sheet: Sheet.value?.() ?? null, isFailed: failed.value };
}

/** @param {{report: Report, data: Data, stale: () => Promise<void>}} props */
export function Actions({ report, data, stale }) {
  const step = useSignal("");
  const isMore = useSignal(false);
  const isBusy = useSignal(false);
  const queued = entries.value.filter((entry) => entry.body.report === report.id).map((entry) => entry.body.event.type);
  const { primary, more } = stepsOffered((report.steps ?? []).filter((one) => one === "reply" || one === "note" || !queued.includes(one)));

  const take = async () => {
    if (isBusy.value) {
      return;
    }
    isBusy.value = true;
    const done = await stepSend(report, { type: "take" }, [], t("take.done"));
    isBusy.value = false;
    if (done.state === "stale") {
      await stale();
    } else if (done.state === "refused") {
      say(failureText(/** @type {any} */ (done.error)).title, false);
    }
  };
  /** @param {string} one */
  const start = (one) => {
    isMore.value = false;
    const path = stepPath(one, report.id);
    if (path) {
      go(path);
    } else if (one === "take") {
      take();
    } else {
      step.value = one;
    }
  };
  const beside = isWide.value ? more.filter((one) => BESIDE.includes(one)) : [];
  const rest = more.filter((one) => !beside.includes(one));
  return html`<div class="actions">
      ${primary
        ? html`<button type="button" class="button" data-step=${primary} disabled=${isBusy.value} onClick=${() => start(primary)}>
            <${Icon} name=${eventLook(primary).icon} />${t(isBusy.value ? "action.sending" : `step.${primary}`)}
          </button>`
        : html`<${Next} report=${report} />`}
      ${beside.map(
        (one) => html`<button type="button" key=${one} class="button" data-kind="second" data-step=${one} onClick=${() => start(one)}>
          <${Icon} name=${eventLook(one).icon} />${t(`step.${one}`)}
        </button>`,
      )}
      ${rest.length > 0 &&
      html`<button type="button" class="button actions-more" data-kind="second" aria-haspopup="dialog" onClick=${() => (isMore.value = true)}>
        <${Icon} name="more" />${t("step.more")}
      </button>`}
    </div>
    ${isMore.value && html`<${More} steps=${rest} start=${start} close=${() => (isMore.value = false)} />`}
    <${Open} step=${step.value} report=${report} data=${data} close=${() => (step.value = "")} />`;
}

/** @param {{steps: string[], start: (step: string) => void, close: () => void}} props */
function More({ steps, start, close }) {
  return html`<${Dialog} title=${t("step.more.title")} close=${close} kind="menu">
    <ul class="step-list">
      ${steps.map(
        (one) => html`<li key=${one}>
          <button type="button" data-step=${one} onClick=${() => start(one)}><${Icon} name=${eventLook(one).icon} />${t(`step.${one}`)}</button>
        </li>`,
      )}
    </ul>
  <//>`;
}

/** @param {{step: string, report: Report, data: Data, close: () => void}} props */
function Open({ step, report, data, close }) {
  const { Sheet, isFailed } = useSheet(step);
  if (!step) {
    return null;
  }
  if (Sheet) {
    return html`<${Sheet} key=${step} step=${step} report=${report} data=${data} close=${close} />`;
  }
  return html`<${Dialog} title=${t(`step.${step}`)} close=${close} kind="drawer">
    ${isFailed ? html`<p class="step-failed" role="alert">${t("unloaded.text")}</p>` : html`<${Loading} rows=${1} />`}
  <//>`;
}

/**
 * The officer's part is done: the next one that waits. It comes from the list
 * in memory; once a step was sent from here and none is left, the list of
 * what waits is asked for.
 * @param {{report: Report}} props
 */
function Next({ report }) {
  const turn = turnOf(session.value?.role ?? "");
  const isDone = answered.value?.report.id === report.id;
  const late = useSignal(/** @type {Report|null} */ (null));
  const next = nextWaiting(report.id, turn) ?? late.value;
  useEffect(() => {
    if (isDone && !next && turn.length) {
      reportList({ status: turn, sort: "due_at" }).then((page) => {
        listKeep("next", { items: page.items, cursor: page.next_cursor, language: language.value });
        late.value = nextWaiting(report.id, turn);
      }, () => {});
    }
  }, [isDone]);
  if (!next) {
    return null;
  }
  return html`<button
    type="button"
    class="button"
    data-kind=${isDone ? undefined : "second"}
    onClick=${() => go(`/reports/${next.id}`, { replace: true })}
  >
    <${Icon} name="forward" />${t("report.next_waiting")}
  </button>`;
}
