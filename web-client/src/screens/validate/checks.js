// @ts-check
// Facts about the proof, with the two pictures beside each other where they
// are the same. No verdict: that is the validator's.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError } from "../../api.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelLine } from "../../components/label-banner/label-banner.js";
import { PhotoStrip } from "../../components/photo-strip/photo-strip.js";
import { failureText } from "../../components/state/state.js";
import { checkList } from "../../desk/work-api.js";
import { html } from "../../html.js";
import { language, t } from "../../t.js";
import { duration } from "../../time.js";

/** @typedef {import("../../desk/work-api.js").Check} Check */
/** @typedef {import("../../types.js").Event} Event */
/** @typedef {import("../../types.js").Photo} Photo */

/** @param {string} id */
function useChecks(id) {
  const items = useSignal(/** @type {Check[]|null} */ (null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const load = () => {
    error.value = null;
    checkList(id).then(
      (found) => (items.value = found),
      (cause) => (error.value = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 })),
    );
  };
  useEffect(load, [id, language.value]);
  return { items: items.value, error: error.value, load };
}

/** @param {{id: string, proof: Event|null}} props */
export function Checks({ id, proof }) {
  const { items, error, load } = useChecks(id);
  const own = (items ?? []).filter((one) => one.event === proof?.id);
  const older = (items ?? []).filter((one) => one.event !== proof?.id);
  return html`<div class="checks-facts">
    <p class="quiet">${t("check.hint")}</p>
    ${error &&
    html`<p role="alert">${failureText(error).title}</p>
      <button type="button" class="button" data-kind="second" onClick=${load}>${t("action.retry")}</button>`}
    ${!error && !items && html`<p class="quiet" role="status">${t("state.loading")}</p>`}
    ${items && html`<${List} items=${own} proof=${proof} />`}
    ${items && !own.some((one) => one.photo) && html`<p class="fact-line"><${Icon} name="photo" />${t("check.none")}</p>`}
    ${older.length > 0 &&
    html`<details>
      <summary>${t("check.older")}</summary>
      <${List} items=${older} proof=${null} />
    </details>`}
  </div>`;
}

/** @param {{items: Check[], proof: Event|null}} props */
function List({ items, proof }) {
  return html`<ul class="check-list">
    ${items.map((check) => html`<li key=${check.id}>
      ${check.photo ? html`<${Pair} check=${check} proof=${proof} />` : html`<p class="fact-line"><${Icon} name=${iconOf(check)} />${textOf(check)}</p>`}
    </li>`)}
  </ul>`;
}

/** @param {Check} check */
function iconOf(check) {
  return check.kind === "distance" ? "pin" : "clock";
}

/** @param {Check} check */
function textOf(check) {
  if (check.kind === "distance") {
    return t("proof.distance", { n: Math.round(check.meters ?? 0) });
  }
  return t(`check.${check.kind}`, { time: duration((check.seconds ?? 0) * 1000) });
}

/** @param {string} id @returns {Photo} */
function photoOf(id) {
  const path = `/api/v1/photos/${encodeURIComponent(id)}`;
  return { id, width: 1600, height: 1200, thumb: `${path}?size=thumb`, full: path };
}

/** Two pictures that are the same. @param {{check: Check, proof: Event|null}} props */
function Pair({ check, proof }) {
  const known = proof?.photos?.items ?? [];
  const at = known.findIndex((one) => one.id === check.photo);
  const photos = [known[at] ?? photoOf(check.photo ?? "")];
  if (check.other_photo) {
    photos.push(photoOf(check.other_photo));
  }
  const which = at < 0 ? t("check.photo") : t("check.photo.at", { n: at + 1 });
  const more = [check.mirrored && t("check.mirrored"), t("check.bits", { n: check.bits ?? 0 })].filter(Boolean);
  return html`<div class="check-pair">
    <p class="fact-line"><${Icon} name="photo" /><span>${which} ${t(`check.${check.kind}`)}${check.other_report &&
      html` <a class="ticket" href=${`/reports/${check.other_report.id}`}>${check.other_report.ticket}</a>`}</span></p>
    <${PhotoStrip} photos=${photos} label=${check.confidentiality} name="pair" />
    ${!check.other_photo && html`<p class="fact-line quiet"><${Icon} name="lock" />${t("check.locked")}</p>`}
    <p class="quiet">${more.join(" · ")}</p>
    <${LabelLine} label=${check.confidentiality} />
  </div>`;
}
