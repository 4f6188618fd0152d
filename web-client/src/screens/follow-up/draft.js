// @ts-check
// The follow-up being written: photos, place, words. Kept encrypted on the
// device at every change, because phones kill pages behind the camera.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { draft } from "../../outbox.js";

/** @typedef {{blob: Blob, at: string, url: string}} Taken */
/** @typedef {import("../../photo.js").Fix} Fix */

const SOON = 400;

/** @param {string} report */
export function useDraft(report) {
  const photos = useSignal(/** @type {Taken[]} */ ([]));
  const fix = useSignal(/** @type {Fix|null} */ (null));
  const text = useSignal("");
  const note = useSignal("");
  const isReady = useSignal(false);
  const wasFound = useSignal(false);
  const timer = useRef(/** @type {any} */ (0));
  const urls = useRef(/** @type {string[]} */ ([]));

  /** @param {Blob} blob @param {string} at @returns {Taken} */
  const taken = (blob, at) => {
    const url = URL.createObjectURL(blob);
    urls.current.push(url);
    return { blob, at, url };
  };
  const keep = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    const body = { text: text.value, note: note.value, fix: fix.value, at: photos.value.map((one) => one.at) };
    return draft.keep(report, body, photos.value.map((one) => one.blob));
  };
  const keepSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(keep, SOON);
  };
  const forget = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    return draft.forget(report);
  };
  const recall = async () => {
    const found = await draft.recall(report);
    if (found) {
      text.value = found.body.text;
      note.value = found.body.note;
      fix.value = found.body.fix;
      photos.value = found.photos.map((blob, at) => taken(blob, found.body.at[at]));
      wasFound.value = Boolean(text.value || note.value || photos.value.length);
    }
    isReady.value = true;
  };
  const keepNow = () => {
    if (timer.current) {
      keep().catch(() => {});
    }
  };
  useEffect(() => {
    recall().catch(() => (isReady.value = true));
    document.addEventListener("visibilitychange", keepNow);
    return () => {
      document.removeEventListener("visibilitychange", keepNow);
      keepNow();
      urls.current.forEach((url) => URL.revokeObjectURL(url));
    };
  }, []);
  return { photos, fix, text, note, isReady, wasFound, taken, keep, keepSoon, forget };
}
