// @ts-check
// Where the report is, when triage knows better than the reporter's phone.
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { PlaceChoice } from "../report-parts/place.js";

/** @param {import("./step-sheet.js").FieldProps} props */
export function PlaceField({ report, draft }) {
  return html`<${PlaceChoice}
    id="step-place"
    was=${report.location}
    value=${draft.values.value.place}
    choose=${(/** @type {any} */ place) => draft.set("place", place)}
  />`;
}
