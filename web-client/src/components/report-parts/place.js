// @ts-check
// A place in words with a button to the map, which comes only when it is
// asked for.
// Usage: <${PlaceChoice} id="…" was=${report.location} value=${place} choose=${fn} />
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { html } from "../../html.js";
import { t } from "../../t.js";
import { Icon } from "../icon/icon.js";

/** @typedef {import("../../types.js").Report["location"]} Location */

/** @param {Location} place */
function wordsOf(place) {
  const area = place?.kelurahan ? t("report.kelurahan", { name: place.kelurahan.name }) : t("place.point");
  return place ? place.address ?? area : t("place.none");
}

/** @param {{id: string, was?: Location, value: Location, choose: (place: any) => void}} props */
export function PlaceChoice({ id, was, value, choose }) {
  const Picker = useSignal(/** @type {any} */ (null));
  const isOpen = useSignal(false);
  const isFailed = useSignal(false);
  const at = value ?? was ?? null;
  const open = () => {
    isOpen.value = true;
    isFailed.value = false;
    import("../place-picker/place-picker.js").then(
      (module) => (Picker.value = () => module.PlacePicker),
      () => (isFailed.value = true),
    );
  };
  const Map = isOpen.value && Picker.value?.();
  return html`<div class="field">
    <p class="field-name">${t("report.location")}</p>
    <p class="place-words"><${Icon} name="pin" /><span>${wordsOf(at)}${was && value && html` <strong>${t("place.moved")}</strong>`}</span></p>
    ${isFailed.value && html`<p class="field-error" role="alert">${t("unloaded.text")}</p>`}
    <button type="button" id=${id} class="button" data-kind="second" onClick=${open}>${t(at ? "place.change" : "place.set")}</button>
    ${Map &&
    html`<${Map}
      value=${at}
      choose=${(/** @type {any} */ place) => {
        choose(place);
        isOpen.value = false;
      }}
      close=${() => (isOpen.value = false)}
    />`}
  </div>`;
}
