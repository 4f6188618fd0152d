// @ts-check
// What a desk officer keys in, and how it becomes the report that is sent.
// Pure but for the words.
// SPDX-License-Identifier: ISC
import { t } from "../../t.js";

/** Everything about the reporter is in here and in no other place. */
export const EMPTY = {
  channel: "", channel_ref: "", visibility: "private", category: "", description: "", address: "",
  place: /** @type {{lat: number, lng: number, kelurahan: any}|null} */ (null),
  name: "", phone: "", email: "", nik: "",
};

/** @typedef {typeof EMPTY} Values */
/** @typedef {{field?: string, text: string}} Fault */

export const REPORTER = /** @type {const} */ (["name", "phone", "email", "nik"]);

/** @param {Values} values @returns {Fault[]} */
export function faultsOf(values) {
  const faults = [];
  if (!values.channel) {
    faults.push({ field: "counter-channel", text: t("counter.missing.channel") });
  }
  if (!values.description.trim()) {
    faults.push({ field: "counter-description", text: t("counter.missing.description") });
  }
  if (values.address.trim() && !values.place) {
    faults.push({ field: "counter-place", text: t("counter.missing.place") });
  }
  return faults;
}

/** @param {Values} values */
export function reportOf(values) {
  const { place } = values;
  const trimmed = (/** @type {string} */ text) => text.trim() || null;
  const reporter = Object.fromEntries(REPORTER.map((name) => [name, trimmed(values[name])]));
  const isKnown = Object.values(reporter).some(Boolean);
  return {
    channel: values.channel,
    visibility: values.visibility,
    category: values.category || null,
    description: values.description.trim(),
    location: place && { lat: place.lat, lng: place.lng, address: trimmed(values.address) },
    ...(values.channel_ref.trim() ? { channel_ref: values.channel_ref.trim() } : {}),
    ...(isKnown ? { reporter } : {}),
  };
}

/** What the API refused, at the field where that is clear. @param {import("../../api.js").ApiError} error @returns {Fault[]} */
export function refusalsOf(error) {
  return error.errors.map((/** @type {any} */ { pointer, detail, code }) => {
    const name = String(pointer).split("/").pop() ?? "";
    return { field: name in EMPTY ? `counter-${name}` : undefined, text: detail ?? code };
  });
}
