// @ts-check
// Photos that the reporter brought: chosen from files or taken at the
// counter, made small and freed of tags; in memory only.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { Icon } from "../../components/icon/icon.js";
import { html } from "../../html.js";
import { PHOTOS_MAX, shrink } from "../../photo.js";
import { formatNumber, t } from "../../t.js";

/** @param {{photos: Blob[], set: (photos: Blob[]) => void}} props */
export function Photos({ photos, set }) {
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const isBusy = useSignal(false);
  const isBad = useSignal(false);
  const urls = useMemo(() => photos.map((photo) => URL.createObjectURL(photo)), [photos]);
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls]);
  /** @param {any} event */
  const came = async (event) => {
    const files = [...event.target.files].slice(0, PHOTOS_MAX - photos.length);
    event.target.value = "";
    isBusy.value = true;
    const small = await Promise.all(files.map(shrink));
    isBad.value = small.some((one) => !one);
    set([...photos, ...small.flatMap((one) => (one ? [one.blob] : []))]);
    isBusy.value = false;
  };
  return html`<div class="camera">
    <h2 class="section-title">${t("step.label.photos")}</h2>
    <p class="field-hint">${t("counter.hint.photos")}</p>
    ${isBad.value && html`<p class="field-error" role="alert"><${Icon} name="warning" />${t("counter.photo.bad")}</p>`}
    ${photos.length > 0 &&
    html`<ul class="taken">
      ${photos.map(
        (photo, at) => html`<li key=${urls[at]}>
          <img src=${urls[at]} alt=${t("photo.alt.report", { at: at + 1, count: photos.length })} width="120" height="120" />
          <p>${formatNumber(Math.round(photo.size / 1024))} kB</p>
          <button type="button" class="button-icon" onClick=${() => set(photos.filter((one) => one !== photo))}>
            <${Icon} name="trash" /><span class="unseen">${t("follow.photo.remove", { at: at + 1 })}</span>
          </button>
        </li>`,
      )}
    </ul>`}
    <input class="unseen" type="file" accept="image/*" multiple tabindex="-1" aria-hidden="true" ref=${input} onChange=${came} />
    <button type="button" class="button" data-kind="second" disabled=${isBusy.value || photos.length >= PHOTOS_MAX} onClick=${() => input.current?.click()}>
      <${Icon} name="photo" />${t(isBusy.value ? "follow.photo.busy" : "counter.photo.add")}
    </button>
    <p class="field-hint" role="status">${t("follow.photo.count", { n: photos.length, max: PHOTOS_MAX })}</p>
  </div>`;
}
