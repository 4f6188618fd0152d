// @ts-check
// Where the report is, in words; and the way there. An outside map learns
// the place, so for a private report the officer is asked first.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { Dialog } from "../dialog/dialog.js";
import { Icon } from "../icon/icon.js";
import { html } from "../../html.js";
import { t } from "../../t.js";

/** @param {{lat: number, lng: number}} point */
function mapAddress({ lat, lng }) {
  const isPhone = /Android/.test(navigator.userAgent);
  return isPhone
    ? `geo:${lat},${lng}?q=${lat},${lng}`
    : `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lng}#map=18/${lat}/${lng}`;
}

/** @param {{report: import("../../types.js").Report}} props */
export function Location({ report }) {
  const isAsking = useSignal(false);
  const place = report.location;
  if (!place) {
    return html`<section class="panel">
      <h2 class="section-title">${t("report.location")}</h2>
      <p>${t("report.no_location")}</p>
    </section>`;
  }
  const isPrivate = report.visibility === "private";
  const link = html`<a
    class="button"
    data-kind="second"
    href=${mapAddress(place)}
    target="_blank"
    rel="noopener noreferrer"
    onClick=${() => (isAsking.value = false)}
  >
    <${Icon} name="navigate" />${t(isPrivate ? "navigate.anyway" : "navigate.open")}
  </a>`;
  return html`<section class="panel location">
    <h2 class="section-title">${t("report.location")}</h2>
    <p class="location-address">${place.address ?? t("report.no_address")}</p>
    ${place.kelurahan && html`<p class="location-area">${t("report.kelurahan", { name: place.kelurahan.name })}</p>`}
    ${isPrivate
      ? html`<button type="button" class="button" data-kind="second" onClick=${() => (isAsking.value = true)}>
          <${Icon} name="navigate" />${t("navigate.open")}
        </button>`
      : link}
    ${isAsking.value &&
    html`<${Dialog} title=${t("navigate.title")} close=${() => (isAsking.value = false)}>
      <p>${t("navigate.text")}</p>
      <div class="dialog-foot">
        ${link}
        <button type="button" class="button" onClick=${() => (isAsking.value = false)}>${t("action.cancel")}</button>
      </div>
    <//>`}
  </section>`;
}
