// @ts-check
// The city's outlines with one mark that can be moved: by tap, by drag and by
// arrow keys. Nothing is asked of any other server; there are no tiles.
// SPDX-License-Identifier: ISC
import "./policy.js";
import { canvas, divIcon, layerGroup, map as makeMap, marker, polygon } from "leaflet/dist/leaflet-src.esm.js";

import { middleOf } from "./outline.js";

/** @typedef {import("./outline.js").Area} Area */
/** @typedef {{lat: number, lng: number}} Place */

/** Jakarta without its islands. */
const CITY = /** @type {[[number, number], [number, number]]} */ ([[-6.375, 106.68], [-6.08, 106.98]]);
const NEAR = 15;
const NAMES_FROM = 13;
const KEY_STEP = 12;
const KEY_LEAP = 60;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** @param {string} name of a class @param {string} [text] */
function element(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text ?? "";
  return made;
}

/** @param {HTMLElement} box */
function colours(box) {
  const style = getComputedStyle(box);
  return { line: style.getPropertyValue("--line-strong").trim(), fill: style.getPropertyValue("--sunken").trim() };
}

/** @param {any} on @param {HTMLElement} box @param {Area[]} areas */
function drawAreas(on, box, areas) {
  const { line, fill } = colours(box);
  const renderer = canvas({ padding: 0.5 });
  for (const { rings } of areas) {
    polygon(rings, { renderer, interactive: false, color: line, weight: 1.5, fillColor: fill, fillOpacity: 1 }).addTo(on);
  }
  const names = layerGroup().addTo(on);
  const middles = areas.map((area) => ({ name: area.name, at: middleOf(area) }));
  const show = () => {
    names.clearLayers();
    const seen = on.getBounds();
    if (on.getZoom() >= NAMES_FROM) {
      for (const { name, at } of middles.filter((one) => seen.contains(one.at))) {
        const icon = divIcon({ className: "map-name", html: element("", name), iconSize: null });
        marker(at, { icon, interactive: false, keyboard: false }).addTo(names);
      }
    }
  };
  on.on("moveend", show);
  show();
}

/**
 * @param {HTMLElement} box @param {Area[]} areas @param {Place|null} first
 * @param {(place: Place) => void} moved
 */
export function pickMap(box, areas, first, moved) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const on = makeMap(box, {
    attributionControl: false, zoomControl: false, keyboard: false, boxZoom: false, preferCanvas: true,
    minZoom: 10, maxZoom: 19, zoomAnimation: !isStill, fadeAnimation: false, markerZoomAnimation: !isStill, inertia: !isStill,
  });
  if (first) {
    on.setView(first, NEAR);
  } else {
    on.fitBounds(CITY);
  }
  drawAreas(on, box, areas);
  const icon = divIcon({ className: "map-mark", html: element("map-pin"), iconSize: [44, 44], iconAnchor: [22, 40] });
  const mark = marker(first ?? on.getCenter(), { icon, draggable: true, keyboard: false, autoPan: true });
  const put = (/** @type {any} */ to) => {
    mark.setLatLng(to);
    mark.addTo(on);
    const { lat, lng } = mark.getLatLng();
    moved({ lat: Number(lat.toFixed(6)), lng: Number(lng.toFixed(6)) });
  };
  if (first) {
    mark.addTo(on);
  }
  mark.on("dragend", () => put(mark.getLatLng()));
  on.on("click", (/** @type {any} */ event) => put(event.latlng));
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const way = ARROWS[event.key];
    if (way) {
      const step = event.shiftKey ? KEY_LEAP : KEY_STEP;
      const from = on.latLngToContainerPoint(on.hasLayer(mark) ? mark.getLatLng() : on.getCenter());
      put(on.containerPointToLatLng(from.add([way[0] * step, way[1] * step])));
      on.panInside(mark.getLatLng(), { padding: [48, 48], animate: false });
    } else if (event.key === "+" || event.key === "-") {
      on.setZoom(on.getZoom() + (event.key === "+" ? 1 : -1));
    } else {
      return;
    }
    event.preventDefault();
  };
  box.addEventListener("keydown", key);
  return {
    zoom: (/** @type {number} */ step) => on.setZoom(on.getZoom() + step),
    goTo: (/** @type {Area} */ area) => on.setView(middleOf(area), NEAR),
    remove: () => {
      box.removeEventListener("keydown", key);
      on.remove();
    },
  };
}
