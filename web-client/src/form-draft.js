// @ts-check
// A step of work being written: its fields and photos. Kept encrypted on the
// device at every change, because phones kill pages behind the camera.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { draftBox } from "./outbox.js";

/** @typedef {{blob: Blob, at: string, url: string}} Taken */
/** @typedef {ReturnType<typeof useFormDraft>} FormDraft */

const SOON = 400;

/** Object URLs of photos, given back when the form goes. */
function useUrls() {
  const urls = useRef(/** @type {string[]} */ ([]));
  useEffect(() => () => urls.current.forEach((url) => URL.revokeObjectURL(url)), []);
  /** @param {Blob} blob @param {string} at @returns {Taken} */
  return (blob, at) => {
    const url = URL.createObjectURL(blob);
    urls.current.push(url);
    return { blob, at, url };
  };
}

/**
 * Does something a moment after the last change, and at once when the page
 * goes out of sight or the form closes.
 * @param {() => Promise<void>} act
 */
function useSoon(act) {
  const timer = useRef(/** @type {any} */ (0));
  const now = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    return act();
  };
  const soon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => now().catch(() => {}), SOON);
  };
  const never = () => {
    clearTimeout(timer.current);
    timer.current = 0;
  };
  const flush = () => {
    if (timer.current) {
      now().catch(() => {});
    }
  };
  useEffect(() => {
    document.addEventListener("visibilitychange", flush);
    return () => {
      document.removeEventListener("visibilitychange", flush);
      flush();
    };
  }, []);
  return { now, soon, never };
}

/**
 * @param {string} form a report's id and the step: `${id} ask`
 * @param {Record<string, any>} empty the fields before anybody wrote
 */
export function useFormDraft(form, empty) {
  const values = useSignal(empty);
  const photos = useSignal(/** @type {Taken[]} */ ([]));
  const isReady = useSignal(false);
  const wasFound = useSignal(false);
  const box = useRef(/** @type {ReturnType<typeof draftBox>|null} */ (null));
  const kept = (box.current ??= draftBox(form));
  const taken = useUrls();

  const isEmpty = () => !photos.value.length && Object.entries(values.value).every(([name, value]) => value === empty[name]);
  const keeping = useSoon(() => {
    const body = { values: values.value, at: photos.value.map((one) => one.at) };
    return isEmpty() ? kept.forget() : kept.keep(body, photos.value.map((one) => one.blob));
  });
  const forget = () => {
    keeping.never();
    return kept.forget().catch(() => {});
  };
  /** @param {string} name @param {any} value */
  const set = (name, value) => {
    values.value = { ...values.value, [name]: value };
    keeping.soon();
  };
  /** @param {Blob} blob @param {string} at */
  const addPhoto = (blob, at) => {
    photos.value = [...photos.value, taken(blob, at)];
    return keeping.now().catch(() => {});
  };
  /** @param {number} at */
  const removePhoto = (at) => {
    photos.value = photos.value.filter((_, one) => one !== at);
    keeping.now().catch(() => {});
  };
  const recall = async () => {
    const found = await kept.recall();
    if (found) {
      values.value = { ...empty, ...found.body.values };
      photos.value = found.photos.map((blob, at) => taken(blob, found.body.at[at]));
      wasFound.value = true;
    }
    isReady.value = true;
  };
  useEffect(() => {
    recall().catch(() => (isReady.value = true));
  }, []);
  return { values, photos, isReady, wasFound, set, addPhoto, removePhoto, forget };
}
