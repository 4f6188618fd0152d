// @ts-check
// Thumbnails of fixed size; a tap opens the photo full screen with the label
// over it. Usage: <${PhotoStrip} photos=${items} label=${label} name="report" />
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { html } from "../../html.js";
import { t } from "../../t.js";
import { Icon } from "../icon/icon.js";
import { LabelLine } from "../label-banner/label-banner.js";

/**
 * @typedef {object} Shown
 * @property {import("../../types.js").Photo[]} photos
 * @property {import("../../types.js").Label} label
 * @property {"report"|"proof"|"site"|"pair"} name says whose photos these are
 */

/** @param {"report"|"proof"|"site"|"pair"} name @param {number} at @param {number} count */
function alt(name, at, count) {
  return t(`photo.alt.${name}`, { at: at + 1, count });
}

/** @param {Shown} props */
export function PhotoStrip({ photos, label, name }) {
  const open = useSignal(-1);
  return html`<div class="photo-strip">
    <ul>
      ${photos.map((photo, at) => {
        const words = alt(name, at, photos.length);
        return html`<li key=${photo.id}>
          <button type="button" onClick=${() => (open.value = at)}>
            <img src=${photo.thumb} alt=${words} width="132" height="132" loading="lazy" decoding="async" />
          </button>
        </li>`;
      })}
    </ul>
    ${open.value >= 0 && html`<${Viewer} photos=${photos} label=${label} name=${name} at=${open} />`}
  </div>`;
}

/** @param {Shown & {at: import("@preact/signals").Signal<number>}} props */
function Viewer({ photos, label, name, at }) {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const large = useSignal(false);
  const failed = useSignal(false);
  useEffect(() => {
    const opener = /** @type {HTMLElement|null} */ (document.activeElement);
    box.current?.showModal();
    return () => opener?.focus?.({ preventScroll: true });
  }, []);
  const close = () => (at.value = -1);
  /** @param {number} step */
  const move = (step) => {
    at.value = (at.value + step + photos.length) % photos.length;
    large.value = false;
    failed.value = false;
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      move(event.key === "ArrowRight" ? 1 : -1);
    }
  };
  /** @param {Event} event */
  const cancel = (event) => {
    event.preventDefault();
    close();
  };
  const words = alt(name, at.value, photos.length);
  const photo = photos[at.value];
  return html`<dialog class="viewer" ref=${box} aria-label=${words} onCancel=${cancel} onKeyDown=${key}>
    <div class="viewer-head">
      <p>${words}</p>
      <${Tool}
        icon="zoom"
        text=${t(large.value ? "photo.fit" : "photo.enlarge")}
        act=${() => (large.value = !large.value)}
      />
      <${Tool} icon="close" text=${t("action.close")} act=${close} />
    </div>
    <div class="viewer-photo" data-large=${large.value} tabindex="0" role="group" aria-label=${words}>
      ${failed.value
        ? html`<p role="alert">${t("photo.failed")}</p>`
        : html`<img
          key=${photo.id}
          src=${photo.full}
          alt=${words}
          width=${photo.width}
          height=${photo.height}
          onError=${() => (failed.value = true)}
        />`}
    </div>
    <div class="viewer-foot">
      ${photos.length > 1 && html`<${Tool} icon="back" text=${t("photo.previous")} act=${() => move(-1)} />`}
      <${LabelLine} label=${label} />
      ${photos.length > 1 && html`<${Tool} icon="forward" text=${t("photo.next")} act=${() => move(1)} />`}
    </div>
  </dialog>`;
}

/** @param {{icon: string, text: string, act: () => void}} props */
function Tool({ icon, text, act }) {
  return html`<button type="button" class="button-icon" onClick=${act}>
    <${Icon} name=${icon} /><span class="unseen">${text}</span>
  </button>`;
}
