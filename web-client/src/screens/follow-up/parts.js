// @ts-check
// The two steps of the follow-up that use the device: camera and place.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { Icon } from "../../components/icon/icon.js";
import { html } from "../../html.js";
import { distance, locate, PHOTOS_MAX, shrink } from "../../photo.js";
import { formatNumber, t } from "../../t.js";
import { clock, now } from "../../time.js";

/** @typedef {ReturnType<typeof import("./draft.js").useDraft>} Draft */

/** @param {{draft: Draft, error: string}} props */
export function Camera({ draft, error }) {
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const isBusy = useSignal(false);
  const isBad = useSignal(false);
  const photos = draft.photos.value;

  /** @param {any} event the camera came back */
  const taken = async (event) => {
    const at = new Date(now()).toISOString();
    const files = [...event.target.files];
    event.target.value = "";
    isBusy.value = true;
    isBad.value = false;
    for (const file of files.slice(0, PHOTOS_MAX - draft.photos.value.length)) {
      const small = await shrink(file);
      if (small) {
        draft.photos.value = [...draft.photos.value, draft.taken(small.blob, at)];
        await draft.keep().catch(() => {});
      } else {
        isBad.value = true;
      }
    }
    isBusy.value = false;
  };
  /** @param {number} at */
  const remove = (at) => {
    draft.photos.value = draft.photos.value.filter((_, one) => one !== at);
    draft.keep().catch(() => {});
  };
  const problem = isBad.value ? t("follow.photo.bad") : error;
  return html`<div class="camera">
    ${problem && html`<p class="field-error" id="camera-error"><${Icon} name="warning" />${problem}</p>`}
    ${photos.length > 0 && html`<${Taken} photos=${photos} remove=${remove} />`}
    <input
      class="unseen"
      type="file"
      accept="image/*"
      capture="environment"
      tabindex="-1"
      aria-hidden="true"
      ref=${input}
      onChange=${taken}
    />
    <button
      type="button"
      id="camera"
      class="button camera-button"
      data-kind=${photos.length ? "second" : "big"}
      aria-describedby=${problem ? "camera-error" : undefined}
      disabled=${isBusy.value || photos.length >= PHOTOS_MAX}
      onClick=${() => input.current?.click()}
    >
      <${Icon} name="camera" />${t(isBusy.value ? "follow.photo.busy" : photos.length ? "follow.photo.more" : "follow.photo.take")}
    </button>
    <p class="field-hint" role="status">${t("follow.photo.count", { n: photos.length, max: PHOTOS_MAX })}</p>
  </div>`;
}

/** @param {{photos: import("./draft.js").Taken[], remove: (at: number) => void}} props */
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

/**
 * @param {{draft: Draft, target: {lat: number, lng: number}|null|undefined, error: string}} props
 */
export function Position({ draft, target, error }) {
  const isBusy = useSignal(false);
  const problem = useSignal("");
  const fix = draft.fix.value;
  const find = async () => {
    isBusy.value = true;
    problem.value = "";
    try {
      draft.fix.value = await locate();
      draft.keep().catch(() => {});
    } catch (cause) {
      problem.value = /** @type {Error} */ (cause).message;
    }
    isBusy.value = false;
  };
  const wrong = problem.value ? t(`follow.place.${problem.value}`) : error;
  return html`<div class="position">
    ${wrong && html`<p class="field-error" id="position-error"><${Icon} name="warning" />${wrong}</p>`}
    ${fix && html`<${Distance} fix=${fix} target=${target} />`}
    <button
      type="button"
      id="position"
      class="button"
      data-kind="second"
      aria-describedby=${wrong ? "position-error" : undefined}
      disabled=${isBusy.value}
      onClick=${find}
    >
      <${Icon} name="pin" />${t(isBusy.value ? "follow.place.busy" : fix ? "follow.place.again" : "follow.place.take")}
    </button>
  </div>`;
}

/** @param {{fix: import("../../photo.js").Fix, target: {lat: number, lng: number}|null|undefined}} props */
function Distance({ fix, target }) {
  const accuracy = formatNumber(fix.accuracy_m);
  if (!target) {
    return html`<p class="position-fix" role="status"><${Icon} name="check" />${t("follow.place.accuracy", { accuracy })}</p>`;
  }
  const metres = Math.round(distance(fix, target));
  const isFar = metres > 150;
  return html`<p class="position-fix" data-far=${isFar} role="status">
    <${Icon} name=${isFar ? "warning" : "check"} />
    <span>${t("follow.place.distance", { metres: formatNumber(metres), accuracy })}${isFar ? `. ${t("follow.place.far")}` : ""}</span>
  </p>`;
}
