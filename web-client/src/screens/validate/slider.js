// @ts-check
// Before and after, one over the other, with a border that moves: by the
// range input, so by keyboard too, or by a finger on the picture.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { LabelLine } from "../../components/label-banner/label-banner.js";
import { html } from "../../html.js";
import { t } from "../../t.js";

/** @typedef {import("../../types.js").Photo} Photo */

/**
 * @param {{before: import("./before.js").Before, after: Photo[],
 *   label: import("../../types.js").Label}} props
 */
export function Slider({ before, after, label }) {
  const share = useSignal(50);
  const first = useSignal(0);
  const second = useSignal(0);
  const stage = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => stage.current?.style.setProperty("--share", `${share.value}%`), [share.value]);

  /** @param {any} event */
  const drag = (event) => {
    if (event.buttons & 1) {
      const box = event.currentTarget.getBoundingClientRect();
      share.value = Math.round(Math.min(100, Math.max(0, ((event.clientX - box.left) / box.width) * 100)));
    }
  };
  const one = before.photos[first.value] ?? before.photos[0];
  const two = after[second.value] ?? after[0];
  return html`<div class="slider">
    <div class="slider-stage" ref=${stage} onPointerDown=${drag} onPointerMove=${drag}>
      <${Picture} photo=${one} alt=${t(`photo.alt.${before.name}`, { at: first.value + 1, count: before.photos.length })} />
      <${Picture} photo=${two} alt=${t("photo.alt.proof", { at: second.value + 1, count: after.length })} />
      <span class="slider-word">${t("validate.before")}</span>
      <span class="slider-word">${t("validate.after")}</span>
    </div>
    <${LabelLine} label=${label} />
    <label class="slider-range">
      <span>${t("validate.slider")}</span>
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        value=${share.value}
        aria-valuetext=${t("validate.slider.at", { n: share.value })}
        onInput=${(/** @type {any} */ event) => (share.value = Number(event.target.value))}
      />
    </label>
    <div class="slider-choices">
      <${Choice} name=${t("validate.before")} count=${before.photos.length} at=${first} />
      <${Choice} name=${t("validate.after")} count=${after.length} at=${second} />
    </div>
  </div>`;
}

/** @param {{photo: Photo, alt: string}} props */
function Picture({ photo, alt }) {
  return html`<img key=${photo.id} src=${photo.full} alt=${alt} width=${photo.width} height=${photo.height} draggable=${false} />`;
}

/** @param {{name: string, count: number, at: import("@preact/signals").Signal<number>}} props */
function Choice({ name, count, at }) {
  if (count < 2) {
    return null;
  }
  return html`<div class="segments" role="group" aria-label=${name}>
    <span class="slider-choice">${name}</span>
    ${Array.from({ length: count }, (_, one) => html`<button
      type="button"
      key=${one}
      aria-pressed=${at.value === one}
      onClick=${() => (at.value = one)}
    >${one + 1}</button>`)}
  </div>`;
}
