// @ts-check
// A sheet that comes in a file of its own when it is first needed.
// Usage: const Sheet = useLate(isOpen, () => import("…").then((module) => module.Sheet));
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { say } from "../components/toast/toast.js";
import { t } from "../t.js";

/** @param {boolean} isWanted @param {() => Promise<any>} load */
export function useLate(isWanted, load) {
  const found = useSignal(/** @type {any} */ (null));
  useEffect(() => {
    if (isWanted && !found.value) {
      load().then((part) => (found.value = () => part), () => say(t("unloaded.text"), false));
    }
  }, [isWanted]);
  return isWanted ? found.value?.() ?? null : null;
}
