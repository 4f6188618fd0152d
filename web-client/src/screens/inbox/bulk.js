// @ts-check
// Choosing several reports and what can be done with them at once.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { Icon } from "../../components/icon/icon.js";
import { useLate } from "../../desk/late.js";
import { html } from "../../html.js";
import { eventLook, GROUPS } from "../../labels.js";
import { session } from "../../session.js";
import { t, tn } from "../../t.js";
import { isWide } from "../../wide.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../components/report-card/report-card.js").Picks} Picks */

const MOST = 100;

/** What a role may do with many reports, and in which statuses. @type {Record<string, Record<string, string[]>>} */
const STEPS = {
  officer: { take: GROUPS.waiting },
  supervisor: { assign: [...GROUPS.waiting, "in_progress", "scheduled"] },
  triage: { route: ["incoming"], reject: ["incoming", "waiting"] },
};

/** A new list begins with nothing chosen. @param {string} key of the history entry @returns {Picks} */
export function usePicks(key) {
  const isOn = useSignal(false);
  const ids = useSignal(/** @type {Set<string>} */ (new Set()));
  useEffect(() => {
    isOn.value = false;
    ids.value = new Set();
  }, [key]);
  const toggle = (/** @type {string} */ id) => {
    const next = new Set(ids.value);
    if (!next.delete(id) && next.size < MOST) {
      next.add(id);
    }
    ids.value = next;
  };
  return { isOn, ids, toggle };
}

/** @param {{picks: Picks}} props */
export function PickButton({ picks }) {
  if (!STEPS[session.value?.role ?? ""]) {
    return null;
  }
  const change = () => {
    picks.isOn.value = !picks.isOn.value;
    picks.ids.value = new Set();
  };
  return html`<button type="button" class=${isWide.value ? "tool" : "button-icon"} data-tool="pick" aria-pressed=${picks.isOn.value} onClick=${change}>
    <${Icon} name="check" /><span class=${isWide.value ? undefined : "unseen"}>${t("bulk.pick")}</span>
  </button>`;
}

/** @param {{picks: Picks, items: Report[], reload: () => void}} props */
export function PickBar({ picks, items, reload }) {
  const step = useSignal("");
  const Sheet = useLate(step.value !== "", () => import("../../components/bulk-sheet/bulk-sheet.js").then((module) => module.BulkSheet));
  const chosen = items.filter((one) => picks.ids.value.has(one.id));
  const steps = STEPS[session.value?.role ?? ""] ?? {};
  const all = items.slice(0, MOST);
  const isAll = chosen.length === all.length;
  const close = (/** @type {boolean} */ isChanged) => {
    step.value = "";
    if (isChanged) {
      picks.isOn.value = false;
      picks.ids.value = new Set();
      reload();
    }
  };
  return html`<div class="actions pick-bar" role="group" aria-label=${t("bulk.title")}>
      <p role="status">${tn("bulk.count", chosen.length)}</p>
      <button
        type="button"
        class="button"
        data-kind="plain"
        onClick=${() => (picks.ids.value = new Set(isAll ? [] : all.map((one) => one.id)))}
      >${t(isAll ? "bulk.none" : "bulk.all", { n: all.length })}</button>
      ${Object.entries(steps).map(([name, statuses]) => html`<button
        type="button"
        key=${name}
        class="button"
        data-kind=${name === "reject" ? "second" : undefined}
        data-step=${name}
        disabled=${!chosen.some((one) => statuses.includes(one.status))}
        onClick=${() => (step.value = name)}
      ><${Icon} name=${eventLook(name).icon} />${t(`bulk.${name}`)}</button>`)}
    </div>
    ${Sheet && html`<${Sheet} step=${step.value} reports=${chosen} close=${close} />`}`;
}
