// @ts-check
// Writes a reply to the reporter or a note for the office; which of the two
// is always in sight. The text survives a conflict, a lock and an expiry.
// Usage: <${Composer} report=${report} may=${actions} done=${fn} />
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { draftKeep, draftRecall } from "../../memory.js";
import { add, drop, send } from "../../outbox.js";
import { t } from "../../t.js";
import { clock, now } from "../../time.js";
import { html } from "../../html.js";
import { ErrorSummary } from "../error-summary/error-summary.js";
import { about, Field } from "../field/field.js";
import { Icon } from "../icon/icon.js";
import { failureText } from "../state/state.js";
import { say } from "../toast/toast.js";

/** @typedef {"reply"|"note"} Kind */

/**
 * @typedef {object} Props
 * @property {import("../../types.js").Report} report
 * @property {{reply: boolean, note: boolean}} may
 * @property {(answer: any) => void} done with nothing when it only waits
 * @property {() => void} conflict
 */

/** The text being written and what its button does. @param {Props} props */
function useComposer({ report, may, done, conflict }) {
  const kind = useSignal(/** @type {Kind} */ (may.reply ? "reply" : "note"));
  const draftKey = `${report.id} ${kind.value}`;
  const text = useSignal(draftRecall(draftKey));
  const errors = useSignal(/** @type {{field?: string, text: string}[]} */ ([]));
  const isBusy = useSignal(false);

  /** @param {Kind} next */
  const choose = (next) => {
    kind.value = next;
    text.value = draftRecall(`${report.id} ${next}`);
    errors.value = [];
  };
  /** @param {any} event */
  const typed = (event) => {
    text.value = event.target.value;
    draftKeep(draftKey, text.value);
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (isBusy.value) {
      return;
    }
    if (!text.value.trim()) {
      errors.value = [{ field: "composer-text", text: t("composer.empty") }];
      return;
    }
    isBusy.value = true;
    errors.value = [];
    await post();
    isBusy.value = false;
  };
  const post = async () => {
    const words = text.value.trim();
    const step = kind.value === "reply" ? { type: "reply", text: words } : { type: "note", note: words };
    const id = await add(report, step);
    const { answer, error } = await send(id);
    if (!error || error.isTransient || error.status === 401) {
      draftKeep(draftKey, "");
      text.value = "";
      say(answer ? t("sent.now", { at: clock(now()) }) : t("sent.kept"), Boolean(answer));
      done(answer);
      return;
    }
    await drop(id);
    if (error.status === 412) {
      conflict();
      return;
    }
    errors.value = [{ field: "composer-text", text: failureText(error).text }];
  };
  return { kind, text, errors, isBusy, choose, typed, submit };
}

/** @param {Props} props */
export function Composer(props) {
  const { kind, text, errors, isBusy, choose, typed, submit } = useComposer(props);
  const audience = kind.value === "reply" ? "reporter" : "office";
  return html`<form class="composer" data-audience=${audience} onSubmit=${submit} noValidate>
    <h2 class="section-title">${t("composer.title")}</h2>
    ${props.may.reply &&
    html`<fieldset class="choice">
      <legend class="unseen">${t("composer.kind")}</legend>
      <${Choice} name="reply" icon="eye" kind=${kind.value} choose=${choose} />
      <${Choice} name="note" icon="lock" kind=${kind.value} choose=${choose} />
    </fieldset>`}
    <${ErrorSummary} errors=${errors.value} />
    <${Field}
      id="composer-text"
      label=${t(`composer.label.${kind.value}`)}
      hint=${t(`composer.hint.${kind.value}`)}
      mark=${html`<span class="audience" data-audience=${audience}>${t(`audience.${audience}`)}</span>`}
    >
      <textarea
        ...${about("composer-text", true, errors.value[0]?.text)}
        rows="3"
        maxlength="4000"
        value=${text.value}
        onInput=${typed}
      ></textarea>
    <//>
    <button type="submit" class="button" data-kind="second" disabled=${isBusy.value}>
      <${Icon} name="send" />${t(isBusy.value ? "action.sending" : `composer.send.${kind.value}`)}
    </button>
  </form>`;
}

/** @param {{name: Kind, icon: string, kind: Kind, choose: (kind: Kind) => void}} props */
function Choice({ name, icon, kind, choose }) {
  return html`<label class="choice-one">
    <input type="radio" name="composer-kind" checked=${kind === name} onChange=${() => choose(name)} />
    <span><${Icon} name=${icon} />${t(`composer.kind.${name}`)}</span>
  </label>`;
}
