// @ts-check
// Likely duplicates and what else belongs to the report: look at two side by
// side, choose which one stays, merge, and take it apart again.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError, reportOpen } from "../../api.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner, LabelLine } from "../../components/label-banner/label-banner.js";
import { Failure, failureText, Loading } from "../../components/state/state.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { say } from "../../components/toast/toast.js";
import { relatedList } from "../../desk/api.js";
import { html } from "../../html.js";
import { stepSend } from "../../step-send.js";
import { formatNumber, t } from "../../t.js";
import { age } from "../../time.js";
import { wordsOf } from "../../words.js";
import { Compare } from "./compare.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../desk/api.js").Related} Related */

/** @param {unknown} cause */
function asError(cause) {
  return cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
}

/** @param {Report} report */
function useRelated(report) {
  const items = useSignal(/** @type {Related[]|null} */ (null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const load = () => {
    error.value = null;
    return relatedList(report.id).then((list) => (items.value = list), (cause) => (error.value = asError(cause)));
  };
  useEffect(() => {
    load();
  }, [report.id, report.version]);
  return { items, error, load };
}

/** @param {Related} one */
function facts({ distance_m: metres, similarity, received_at: at }) {
  return [
    metres === undefined ? "" : t("merge.distance", { n: formatNumber(Math.round(metres)) }),
    similarity === undefined ? "" : t("merge.similarity", { n: formatNumber(Math.round(similarity * 100)) }),
    age(at),
  ].filter(Boolean).join(" · ");
}

/** @param {{one: Related, isMerged: boolean, isBusy: boolean, look: () => void, part: () => void}} props */
function Row({ one, isMerged, isBusy, look, part }) {
  const mayMerge = !["merged", "rejected"].includes(one.status);
  return html`<li class="related">
    <div class="queue-head"><strong>${t(`merge.relation.${one.relation}`)}</strong><${StatusTag} status=${one.status} /></div>
    <p><a class="ticket" href=${`/reports/${one.id}`}>${one.ticket}</a> · ${one.category?.name ?? t("report.no_category")}</p>
    <p class="queue-text">${wordsOf(one)}</p>
    <p class="card-meta">${facts(one)}</p>
    <${LabelLine} label=${one.confidentiality} />
    ${mayMerge && html`<button type="button" class="button" data-kind="second" disabled=${isBusy} onClick=${look}><${Icon} name="eye" />${t("merge.compare")}</button>`}
    ${isMerged && html`<button type="button" class="button" data-kind="second" disabled=${isBusy} onClick=${part}><${Icon} name="branch" />${t("step.unmerge")}</button>`}
  </li>`;
}

/** A duplicate that the filter did not see, by its number. @param {{look: (ticket: string) => void, isBusy: boolean}} props */
function ByTicket({ look, isBusy }) {
  const ticket = useSignal("");
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (ticket.value.trim()) {
      look(ticket.value.trim().toUpperCase());
    }
  };
  return html`<form class="merge-ticket" onSubmit=${submit}>
    <div class="field">
      <label for="merge-ticket">${t("merge.ticket")}</label>
      <input id="merge-ticket" autocomplete="off" maxlength="20" value=${ticket.value} onInput=${(/** @type {any} */ event) => (ticket.value = event.target.value)} />
    </div>
    <button type="submit" class="button" data-kind="second" disabled=${isBusy}>${t("merge.compare")}</button>
  </form>`;
}

const REFUSALS = ["itself", "is_merged", "is_rejected", "has_merged", "unknown"];

/** @param {ApiError} error */
function refusal(error) {
  const code = error.errors.find((one) => REFUSALS.includes(one.code))?.code;
  return code ? t(`merge.refused.${code}`) : failureText(error).title;
}

/**
 * @typedef {object} MergeProps
 * @property {Report} report
 * @property {ReturnType<typeof import("../../report-data.js").useReport>} data
 * @property {() => void} done the report under decision has left
 */

/** What can be done with a related report, and what came of it. @param {MergeProps & {load: () => Promise<any>}} props */
function useMerge({ report, data, done, load }) {
  const other = useSignal(/** @type {Report|null} */ (null));
  const problem = useSignal("");
  const isBusy = useSignal(false);

  /** @param {() => Promise<void>} act */
  const doing = async (act) => {
    isBusy.value = true;
    problem.value = "";
    await act().catch((cause) => (problem.value = refusal(asError(cause))));
    isBusy.value = false;
  };
  /** @param {string} reference */
  const look = (reference) => doing(async () => {
    const found = await reportOpen(reference);
    if (found.id === report.id) {
      problem.value = t("merge.refused.itself");
    } else {
      other.value = found;
    }
  });
  /** @param {import("../../step-send.js").Sent} sent @returns {boolean} */
  const isSent = (sent) => {
    if (sent.state === "stale") {
      problem.value = t("conflict.title");
      other.value = null;
      data.load();
      load();
    } else if (sent.state === "refused") {
      problem.value = refusal(/** @type {ApiError} */ (sent.error));
    }
    return sent.state === "sent" || sent.state === "kept";
  };
  /** @param {Report} goes @param {Report} stays */
  const merge = (goes, stays) => doing(async () => {
    const sent = await stepSend(goes, { type: "merge", into: stays.id }, [], t("merge.done", { goes: goes.ticket, stays: stays.ticket }));
    if (isSent(sent)) {
      other.value = null;
      if (goes.id === report.id) {
        done();
      } else {
        await Promise.all([data.load(), load()]);
      }
    }
  });
  /** @param {Related} one */
  const part = (one) => doing(async () => {
    const merged = await reportOpen(one.id);
    if (isSent(await stepSend(merged, { type: "unmerge" }, [], t("merge.parted", { ticket: merged.ticket })))) {
      await Promise.all([data.load(), load()]);
    }
  });
  return { other, problem, isBusy, look, merge, part };
}

/** @param {MergeProps} props */
export function Merge(props) {
  const { report } = props;
  const { items, error, load } = useRelated(report);
  const { other, problem, isBusy, look, merge, part } = useMerge({ ...props, load });
  const wrong = problem.value && html`<p class="field-error" role="alert"><${Icon} name="warning" />${problem.value}</p>`;
  if (other.value) {
    return html`<div class="merge">${wrong}<${Compare} own=${report} other=${other.value} isBusy=${isBusy.value} merge=${merge} back=${() => (other.value = null)} /></div>`;
  }
  return html`<div class="merge">
    <${LabelBanner} label=${report.confidentiality} />
    ${wrong}
    ${error.value
      ? html`<${Failure} error=${error.value} retry=${load} />`
      : !items.value
        ? html`<${Loading} rows=${2} />`
        : html`<ul class="relateds">
            ${items.value.map(
              (one) => html`<${Row}
                key=${one.id}
                one=${one}
                isMerged=${one.relation === "merged" && one.status === "merged"}
                isBusy=${isBusy.value}
                look=${() => look(one.id)}
                part=${() => part(one)}
              />`,
            )}
          </ul>
          ${!items.value.length && html`<p class="quiet">${t("merge.none")}</p>`}`}
    <${ByTicket} look=${look} isBusy=${isBusy.value} />
  </div>`;
}
