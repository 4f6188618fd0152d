// @ts-check
// Photos from the camera, made small and kept with the form being written.
// Usage: <${Camera} id="camera" draft=${useFormDraft(…)} error="" taken=${fn} />
// `isMain` makes the first photo the form's big button.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { html } from "../../html.js";
import { PHOTOS_MAX, shrink } from "../../photo.js";
import { formatNumber, t } from "../../t.js";
import { clock, now } from "../../time.js";
import { Icon } from "../icon/icon.js";

/** @typedef {import("../../form-draft.js").FormDraft} FormDraft */

/**
 * @param {{id: string, draft: FormDraft, error?: string, isMain?: boolean,
 *   taken?: () => void}} props
 */
export function Camera({ id, draft, error, isMain = false, taken = () => {} }) {
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const isBusy = useSignal(false);
  const isBad = useSignal(false);
  const photos = draft.photos.value;

  /** @param {any} event the camera came back */
  const came = async (event) => {
    const at = new Date(now()).toISOString();
    const files = [...event.target.files];
    event.target.value = "";
    isBusy.value = true;
    isBad.value = false;
    if (files.length) {
      taken();
    }
    for (const file of files.slice(0, PHOTOS_MAX - draft.photos.value.length)) {
      const small = await shrink(file);
      if (small) {
        await draft.addPhoto(small.blob, at);
      } else {
        isBad.value = true;
      }
    }
    isBusy.value = false;
  };
  const problem = isBad.value ? t("follow.photo.bad") : error;
  const words = isBusy.value ? "follow.photo.busy" : photos.length ? "follow.photo.more" : "follow.photo.take";
  return html`<div class="camera">
    ${problem && html`<p class="field-error" id=${`${id}-error`}><${Icon} name="warning" />${problem}</p>`}
    ${photos.length > 0 && html`<${Taken} photos=${photos} remove=${draft.removePhoto} />`}
    <input
      class="unseen"
      type="file"
      accept="image/*"
      capture="environment"
      tabindex="-1"
      aria-hidden="true"
      ref=${input}
      onChange=${came}
    />
    <button
      type="button"
      id=${id}
      class="button"
      data-kind=${photos.length || !isMain ? "second" : "big"}
      aria-describedby=${problem ? `${id}-error` : undefined}
      disabled=${isBusy.value || photos.length >= PHOTOS_MAX}
      onClick=${() => input.current?.click()}
    >
      <${Icon} name="camera" />${t(words)}
    </button>
    <p class="field-hint" role="status">${t("follow.photo.count", { n: photos.length, max: PHOTOS_MAX })}</p>
  </div>`;
}

/** @param {{photos: import("../../form-draft.js").Taken[], remove: (at: number) => void}} props */
function Taken({ photos, remove }) {
  return html`<ul class="taken">
    ${photos.map(
      (photo, at) => html`<li key=${photo.url}>
        <img
          src=${photo.url}
          alt=${t("follow.photo.alt", { at: at + 1, count: photos.length })}
          width="120"
          height="120"
        />
        <p>${clock(photo.at)} · ${formatNumber(Math.round(photo.blob.size / 1024))} kB</p>
        <button type="button" class="button-icon" onClick=${() => remove(at)}>
          <${Icon} name="trash" /><span class="unseen">${t("follow.photo.remove", { at: at + 1 })}</span>
        </button>
      </li>`,
    )}
  </ul>`;
}
