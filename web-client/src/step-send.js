// @ts-check
// Sends one step of work by way of the outbox and says what came of it; and
// takes a step back while that is possible.
// SPDX-License-Identifier: ISC
import { ApiError, eventAdd } from "./api.js";
import { failureText } from "./components/state/state.js";
import { say } from "./components/toast/toast.js";
import { UNDO_FOR, UNDOABLE } from "./labels.js";
import { answered, reportChanged } from "./memory.js";
import { add, drop, send } from "./outbox.js";
import { t } from "./t.js";
import { clock, now } from "./time.js";

/** @typedef {import("./types.js").Report} Report */

/**
 * @typedef {object} Sent
 * @property {"sent"|"kept"|"stale"|"refused"} state kept: it waits on the
 *   device; stale: the report is another by now; refused: nothing was done
 * @property {any} [answer]
 * @property {ApiError} [error]
 */

/**
 * @param {Report} report as the officer saw it
 * @param {any} event @param {Blob[]} [photos]
 * @param {string} [words] what to say when it is done
 * @returns {Promise<Sent>}
 */
export async function stepSend(report, event, photos = [], words = "") {
  const { id, answer, error } = await leave(report, event, photos);
  if (answer) {
    say(words || t("sent.now", { at: clock(now()) }), true, undoFor(event.type, answer.report));
    return { state: "sent", answer };
  }
  if (id && (!error || error.isTransient || error.status === 401)) {
    say(t("sent.kept"), false);
    return { state: "kept", error };
  }
  // The form still holds everything; the refused entry is not needed.
  if (id) {
    await drop(id);
  }
  return { state: error?.status === 412 || error?.status === 409 ? "stale" : "refused", error };
}

/**
 * By way of the outbox; straight away from a device that can keep nothing.
 * @param {Report} report @param {any} event @param {Blob[]} photos
 * @returns {Promise<{id: string, answer?: any, error?: ApiError}>}
 */
async function leave(report, event, photos) {
  let id = "";
  try {
    id = await add(report, event, photos);
  } catch {
    return straight(report, event, photos);
  }
  return { id, ...(await send(id)) };
}

/** @param {Report} report @param {any} event @param {Blob[]} photos */
async function straight(report, event, photos) {
  try {
    const answer = await eventAdd({ id: report.id, version: report.version, key: crypto.randomUUID(), event, photos });
    reportChanged(answer.report);
    answered.value = answer;
    return { id: "", answer };
  } catch (cause) {
    return { id: "", error: /** @type {ApiError} */ (cause) };
  }
}

/** @param {string} type @param {Report} report as the step left it */
function undoFor(type, report) {
  return UNDOABLE.includes(type) ? { text: t("undo.do"), act: () => undo(report), stays: UNDO_FOR } : undefined;
}

/** @param {Report} report */
async function undo(report) {
  // It must not wait: after these seconds it is refused.
  const { error } = await straight(report, { type: "undo" }, []);
  if (!error) {
    say(t("undo.done"));
  } else {
    say(error.isTransient ? failureText(error).title : t("undo.late"), false);
  }
}
