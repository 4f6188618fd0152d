// @ts-check
// Choose a place on the map of the city; the whole screen on a phone, so that
// a finger moves the map and not the page. Loaded when first needed.
// Usage: <${PlacePicker} value=${{lat, lng}} choose=${fn} close=${fn} />
// `choose` gets {lat, lng, kelurahan}, as locations of reports have it.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { read } from "../../api.js";
import { html } from "../../html.js";
import { useReference } from "../../reference.js";
import { formatNumber, t } from "../../t.js";
import { Dialog } from "../dialog/dialog.js";
import { Icon } from "../icon/icon.js";
import { Loading } from "../state/state.js";
import { pickMap } from "./map.js";
import { areaAt, decoded } from "./outline.js";

/** @typedef {import("./outline.js").Area} Area */
/** @typedef {{lat: number, lng: number}} Place */

/** Outlines hold nothing of a report; the browser may keep them. @returns {Promise<Area[]>} */
async function areaList() {
  const { body } = await read("/api/v1/areas?level=kelurahan", undefined, "default");
  return body.items
    .map((/** @type {any} */ { code, name, outline }) => ({ code, name, rings: outline.map(decoded) }))
    .sort((/** @type {Area} */ a, /** @type {Area} */ b) => a.name.localeCompare(b.name));
}

/** @param {{value: Place|null, choose: (place: any) => void, close: () => void}} props */
export function PlacePicker({ value, choose, close }) {
  const { items, isFailed, retry } = useReference("areas", areaList);
  return html`<${Dialog} title=${t("place.title")} close=${close} kind="map">
    ${isFailed && html`<div class="field-failed" role="alert"><p>${t("failure.offline.title")}</p><button type="button" class="button" data-kind="second" onClick=${retry}>${t("action.retry")}</button></div>`}
    ${items ? html`<${Picking} areas=${items} value=${value} choose=${choose} />` : !isFailed && html`<${Loading} rows=${2} />`}
  <//>`;
}

/** @param {Area[]} areas @param {Place|null} place */
function placeWords(areas, place) {
  if (!place) {
    return t("place.unset");
  }
  const area = areaAt(areas, place.lat, place.lng);
  return `${area ? t("report.kelurahan", { name: area.name }) : t("held.outside")} · ${formatNumber(place.lat)}; ${formatNumber(place.lng)}`;
}

/** @param {{areas: Area[], value: Place|null, choose: (place: any) => void}} props */
function Picking({ areas, value, choose }) {
  const box = useRef(/** @type {any} */ (null));
  const shown = useRef(/** @type {ReturnType<typeof pickMap>|null} */ (null));
  const at = useSignal(value);
  useEffect(() => {
    const made = pickMap(box.current, areas, value, (place) => (at.value = place));
    shown.current = made;
    return made.remove;
  }, []);
  /** @param {any} event */
  const jump = (event) => {
    const area = areas.find(({ code }) => code === event.target.value);
    if (area) {
      shown.current?.goTo(area);
    }
  };
  const use = () => {
    if (at.value) {
      const area = areaAt(areas, at.value.lat, at.value.lng);
      choose({ lat: at.value.lat, lng: at.value.lng, kelurahan: area ? { code: area.code, name: area.name } : null });
    }
  };
  return html`<div class="map">
    <label class="map-area">
      <span class="unseen">${t("place.area")}</span>
      <select onChange=${jump}>
        <option value="">${t("place.area")}</option>
        ${areas.map(({ code, name }) => html`<option key=${code} value=${code}>${name}</option>`)}
      </select>
    </label>
    <div class="map-frame">
      <div class="map-box" ref=${box} tabindex="0" role="application" aria-label=${t("place.map")} aria-describedby="map-hint"></div>
      <div class="map-zoom">
        <button type="button" class="button-icon" onClick=${() => shown.current?.zoom(1)}><${Icon} name="plus" /><span class="unseen">${t("place.closer")}</span></button>
        <button type="button" class="button-icon" onClick=${() => shown.current?.zoom(-1)}><${Icon} name="minus" /><span class="unseen">${t("place.farther")}</span></button>
      </div>
    </div>
    <p class="field-hint" id="map-hint">${t("place.hint")}</p>
    <p class="map-at" role="status">${placeWords(areas, at.value)}</p>
    <div class="step-foot">
      <button type="button" class="button" disabled=${!at.value} onClick=${use}><${Icon} name="check" />${t("place.use")}</button>
    </div>
  </div>`;
}
