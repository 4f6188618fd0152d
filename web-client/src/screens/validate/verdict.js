// @ts-check
// One of two answers to a proof, of the first check or of the second.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { Dialog } from "../../components/dialog/dialog.js";
import { ErrorSummary } from "../../components/error-summary/error-summary.js";
import { about, Field } from "../../components/field/field.js";
import { Icon } from "../../components/icon/icon.js";
import { failureText } from "../../components/state/state.js";
import { say } from "../../components/toast/toast.js";
import { html } from "../../html.js";
import { draftKeep, draftRecall } from "../../memory.js";
import { back } from "../../router.js";
import { stepSend } from "../../step-send.js";
import { t } from "../../t.js";

/** @typedef {import("../../api.js").ApiError} ApiError */
/** @typedef {import("../../types.js").Report} Report */

/** What each check is refused with. @type {Record<string, string>} */
const REFUSE = { accept_work: "refuse_work", second_accept: "second_refuse" };

/** @param {{report: Report, accept: string, stale: () => Promise<void>}} props */
export function Verdict({ report, accept: step, stale }) {
  const isBusy = useSignal(false);
  const isRefusing = useSignal(false);
  /** @param {object} event @returns {Promise<ApiError|null>} */
  const post = async (event) => {
    isBusy.value = true;
    const done = await stepSend(report, event);
    isBusy.value = false;
    if (done.state === "sent" || done.state === "kept") {
      draftKeep(`${report.id} refuse`, "");
      back(`/reports/${report.id}`);
      return null;
    }
    if (done.state === "stale") {
      isRefusing.value = false;
      await stale();
    }
    return done.error ?? null;
  };
  const accept = async () => {
    const error = await post({ type: step });
    if (error && error.status !== 401 && error.status !== 412 && error.status !== 409) {
      say(failureText(error).title, false);
    }
  };
  return html`<div class="actions">
      <button type="button" class="button" data-kind="good" disabled=${isBusy.value} onClick=${accept}>
        <${Icon} name="check" />${t(isBusy.value ? "action.sending" : "validate.accept")}
      </button>
      <button
        type="button"
        class="button"
        data-kind="danger"
        disabled=${isBusy.value}
        onClick=${() => (isRefusing.value = true)}
      >
        <${Icon} name="redo" />${t("validate.refuse")}
      </button>
    </div>
    ${isRefusing.value && html`<${Refusal}
      id=${report.id}
      isBusy=${isBusy.value}
      post=${(/** @type {string} */ reason) => post({ type: REFUSE[step], reason })}
      close=${() => (isRefusing.value = false)}
    />`}`;
}

/**
 * @param {{id: string, isBusy: boolean, post: (reason: string) => Promise<ApiError|null>,
 *   close: () => void}} props
 */
function Refusal({ id, isBusy, post, close }) {
  const draftKey = `${id} refuse`;
  const reason = useSignal(draftRecall(draftKey));
  const errors = useSignal(/** @type {{field?: string, text: string}[]} */ ([]));
  /** @param {any} event */
  const typed = (event) => {
    reason.value = event.target.value;
    draftKeep(draftKey, reason.value);
  };
  /** @param {Event} event */
  const submit = async (event) => {
    /** @type {any} */ (event).preventDefault();
    if (!reason.value.trim()) {
      errors.value = [{ field: "refuse-reason", text: t("validate.reason.missing") }];
      return;
    }
    const error = await post(reason.value.trim());
    if (error) {
      errors.value = [{ text: failureText(error).title }];
    }
  };
  return html`<${Dialog} title=${t("validate.refuse.title")} close=${close}>
    <form onSubmit=${submit} noValidate>
      <${ErrorSummary} errors=${errors.value} />
      <${Field}
        id="refuse-reason"
        label=${t("validate.reason")}
        hint=${t("validate.reason.hint")}
        error=${errors.value[0]?.field && errors.value[0].text}
        mark=${html`<span class="audience" data-audience="office">${t("audience.office")}</span>`}
      >
        <textarea
          ...${about("refuse-reason", true, errors.value[0]?.field)}
          rows="4"
          maxlength="1000"
          value=${reason.value}
          onInput=${typed}
        ></textarea>
      <//>
      <div class="dialog-foot">
        <button
          type="submit"
          class="button"
          data-kind="danger"
          disabled=${isBusy}
        >${t(isBusy ? "action.sending" : "validate.refuse")}</button>
        <button type="button" class="button" data-kind="second" onClick=${close}>${t("action.cancel")}</button>
      </div>
    </form>
  <//>`;
}
