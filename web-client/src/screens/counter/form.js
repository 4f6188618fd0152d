// @ts-check
// What a desk officer keys in, and how it becomes the report that is sent.
// Pure but for the words.
// SPDX-License-Identifier: ISC
import { t } from "../../t.js";

/** Everything about the reporter is in here and in no other place. */
export const EMPTY = {
  channel: "", channel_ref: "", visibility: "private", category: "", description: "", address: "",
  place: /** @type {{lat: number, lng: number, kelurahan: any}|null} */ (null),
  name: "", phone: "", email: "", nik: "", account_id: "",
};

/** @typedef {typeof EMPTY} Values */
/** @typedef {{field?: string, text: string}} Fault */

export const REPORTER = /** @type {const} */ (["name", "phone", "email", "nik", "account_id"]);

/** Names of accounts and links to posts lead to the reporter: they are sealed, a reference is not. */
const LEADS_TO_SOMEBODY = /@|:\/\/|\bwww\.|\.(com|me|net)\//i;

/** @param {Values} values @returns {Fault[]} */
export function faultsOf(values) {
  const faults = [];
  if (!values.channel) {
    faults.push({ field: "counter-channel", text: t("counter.missing.channel") });
  }
  if (!values.description.trim()) {
    faults.push({ field: "counter-description", text: t("counter.missing.description") });
  }
  if (LEADS_TO_SOMEBODY.test(values.channel_ref)) {
    faults.push({ field: "counter-channel_ref", text: t("counter.wrong.channel_ref") });
  }
  if (values.address.trim() && !values.place && values.visibility === "public") {
    faults.push({ field: "counter-place", text: t("counter.missing.place") });
  }
  return faults;
}

/** @param {Values} values */
export function reportOf(values) {
  const { place } = values;
  const trimmed = (/** @type {string} */ text) => text.trim() || null;
  const reporter = Object.fromEntries(REPORTER.map((name) => [name, trimmed(values[name])]));
  // Without a point triage finds the address in the words; those of a public report all may read.
  const words = values.description.trim();
  const address = !place && values.address.trim() ? `\nAlamat: ${values.address.trim()}` : "";
  const isKnown = Object.values(reporter).some(Boolean);
  return {
    channel: values.channel,
    visibility: values.visibility,
    category: values.category || null,
    description: `${words}${address}`,
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
