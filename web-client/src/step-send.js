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
  const id = await add(report, event, photos);
  const { answer, error } = await send(id);
  if (answer) {
    say(words || t("sent.now", { at: clock(now()) }), true, undoFor(event.type, answer.report));
    return { state: "sent", answer };
  }
  if (!error || error.isTransient || error.status === 401) {
    say(t("sent.kept"), false);
    return { state: "kept", error };
  }
  // The form still holds everything; the refused entry is not needed.
  await drop(id);
  return { state: error.status === 412 || error.status === 409 ? "stale" : "refused", error };
}

/** @param {string} type @param {Report} report as the step left it */
function undoFor(type, report) {
  return UNDOABLE.includes(type) ? { text: t("undo.do"), act: () => undo(report), stays: UNDO_FOR } : undefined;
}

/** @param {Report} report */
async function undo(report) {
  try {
    const answer = await eventAdd({
      id: report.id,
      version: report.version,
      key: crypto.randomUUID(),
      event: { type: "undo" },
    });
    reportChanged(answer.report);
    answered.value = answer;
    say(t("undo.done"));
  } catch (cause) {
    const error = /** @type {ApiError} */ (cause);
    say(error.isTransient ? failureText(error).title : t("undo.late"), false);
  }
}
