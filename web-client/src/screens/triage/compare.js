// @ts-check
// Two reports beside each other, one under the other on a phone: what is the
// same is said once more, what differs is marked, and one of them stays.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { Icon } from "../../components/icon/icon.js";
import { LabelLine } from "../../components/label-banner/label-banner.js";
import { Lock } from "../../components/lock/lock.js";
import { PhotoStrip } from "../../components/photo-strip/photo-strip.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { html } from "../../html.js";
import { t } from "../../t.js";
import { dateTime } from "../../time.js";
import { wordsOf } from "../../words.js";

/** @typedef {import("../../types.js").Report} Report */

/** @param {Report} report */
function factsOf(report) {
  return {
    category: report.category?.name ?? t("report.no_category"),
    place: report.location?.address ?? t(report.location ? "report.no_address" : "place.none"),
    area: report.location?.kelurahan?.name ?? t("report.no_area"),
    unit: report.unit?.name ?? t("report.no_unit"),
  };
}

const NAMES = /** @type {const} */ ({ category: "filter.category", place: "report.address", area: "filter.kelurahan", unit: "report.unit" });

/**
 * @param {{report: Report, beside: Report, isStaying: boolean, may: boolean,
 *   stay: () => void, isOwn: boolean}} props
 */
function Side({ report, beside, isStaying, may, stay, isOwn }) {
  const facts = factsOf(report);
  const others = factsOf(beside);
  return html`<div class="side" data-on=${isStaying}>
    <h3><span class="ticket">${report.ticket}</span>${isOwn && html` <span class="quiet">${t("merge.this")}</span>`}</h3>
    <${LabelLine} label=${report.confidentiality} />
    <label class="pick">
      <input type="radio" name="merge-stays" checked=${isStaying} disabled=${!may} onChange=${stay} />
      <span class="pick-words"><strong>${t("merge.stays")}</strong></span>
    </label>
    <p><${StatusTag} status=${report.status} /></p>
    <p class="quiet">${t("report.received")}: ${dateTime(report.received_at)}</p>
    <p class="side-text">${wordsOf(report)}</p>
    <dl class="side-facts">
      ${Object.entries(NAMES).map(([name, key]) => {
        const value = facts[/** @type {keyof typeof facts} */ (name)];
        const differs = value !== others[/** @type {keyof typeof facts} */ (name)];
        return html`<div key=${name}><dt>${t(key)}</dt><dd>${differs ? html`<mark>${value}</mark>` : value}</dd></div>`;
      })}
    </dl>
    ${report.photos?.locked ?? true
      ? html`<${Lock} title=${t("lock.photos")} reason=${t("lock.photos.reason")} />`
      : report.photos?.items?.length
        ? html`<${PhotoStrip} photos=${report.photos.items} label=${report.confidentiality} name="report" />`
        : html`<p class="quiet">${t("report.no_photos")}</p>`}
  </div>`;
}

/**
 * @param {{own: Report, other: Report, isBusy: boolean, back: () => void,
 *   merge: (goes: Report, stays: Report) => void}} props
 */
export function Compare({ own, other, isBusy, back, merge }) {
  const stays = useSignal(other.id);
  const isOther = stays.value === other.id;
  // Whoever is merged must still be mergeable; the server says so in its steps.
  const otherMayGo = other.steps?.includes("merge") ?? false;
  const [goes, keeps] = isOther ? [own, other] : [other, own];
  return html`<form
    class="versus"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      merge(goes, keeps);
    }}
  >
    <fieldset class="sides">
      <legend>${t("merge.choose")}</legend>
      <${Side} report=${own} beside=${other} isOwn=${true} isStaying=${!isOther} may=${otherMayGo} stay=${() => (stays.value = own.id)} />
      <${Side} report=${other} beside=${own} isOwn=${false} isStaying=${isOther} may=${true} stay=${() => (stays.value = other.id)} />
    </fieldset>
    <p class="step-hint">${t("merge.hint", { goes: goes.ticket, stays: keeps.ticket })}</p>
    <div class="step-foot">
      <button type="submit" class="button" disabled=${isBusy}><${Icon} name="merge" />${t(isBusy ? "action.sending" : "merge.do")}</button>
      <button type="button" class="button" data-kind="second" onClick=${back}>${t("merge.back")}</button>
    </div>
  </form>`;
}
