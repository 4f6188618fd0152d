// @ts-check
// A short form of an admin: fields, what is wrong with them, one button.
// Usage: <${Form} title="…" inputs=${[{ name: "code", type: "line" }]} start=${{}} send=${fn} />
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { ApiError } from "../../api.js";
import { ErrorSummary } from "../../components/error-summary/error-summary.js";
import { about, Field } from "../../components/field/field.js";
import { failureText } from "../../components/state/state.js";
import { say } from "../../components/toast/toast.js";
import { html } from "../../html.js";
import { t } from "../../t.js";

/** @typedef {{name: string, type: string, most?: number, choices?: string[], isOptional?: boolean}} Input */

/** @param {unknown} cause */
export function asError(cause) {
  return cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
}

/** @param {Input[]} inputs @param {Record<string, any>} start */
const begun = (inputs, start) => Object.fromEntries(inputs.map(({ name, type, choices }) => [name, start[name] ?? (type === "check" ? false : choices?.[0] ?? "")]));

/** @param {ApiError} error @param {Input[]} inputs */
function faultsOf(error, inputs) {
  const found = error.status === 422 ? error.errors : [];
  const faults = found.map((/** @type {any} */ { pointer, detail, code }) => {
    const name = pointer.split("/")[1];
    return { field: inputs.some((one) => one.name === name) ? `channel-${name}` : undefined, text: detail ?? code };
  });
  return faults.length ? faults : [{ text: failureText(error).title }];
}

/** @param {{title: string, hint?: string, inputs: Input[], start?: Record<string, any>, send: (values: any) => Promise<any>}} props */
export function Form({ title, hint, inputs, start = {}, send }) {
  const values = useSignal(begun(inputs, start));
  const faults = useSignal(/** @type {{field?: string, text: string}[]} */ ([]));
  const isBusy = useSignal(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const missing = inputs.filter(({ name, type, isOptional }) => type !== "check" && !isOptional && !String(values.value[name]).trim());
    faults.value = missing.map(({ name }) => ({ field: `channel-${name}`, text: t("lists.missing", { name: t(`channels.label.${name}`) }) }));
    if (missing.length || isBusy.value) {
      return;
    }
    isBusy.value = true;
    try {
      await send(values.value);
      values.value = begun(inputs, start);
      say(t("channels.saved"));
    } catch (cause) {
      faults.value = faultsOf(asError(cause), inputs);
    }
    isBusy.value = false;
  };
  return html`<form class="panel lists-add" onSubmit=${submit} noValidate>
    <h2 class="section-title">${title}</h2>
    ${hint && html`<p>${hint}</p>`}
    <${ErrorSummary} errors=${faults.value} />
    ${inputs.map(
      (input) => html`<${One}
        key=${input.name}
        input=${input}
        value=${values.value[input.name]}
        error=${faults.value.find(({ field }) => field === `channel-${input.name}`)?.text}
        set=${(/** @type {any} */ value) => (values.value = { ...values.value, [input.name]: value })}
      />`,
    )}
    <button type="submit" class="button" disabled=${isBusy.value}>${t(isBusy.value ? "action.sending" : "channels.save")}</button>
  </form>`;
}

/** @param {{input: Input, value: any, error?: string, set: (value: any) => void}} props */
function One({ input: { name, type, most, choices }, value, error, set }) {
  const id = `channel-${name}`;
  const label = t(`channels.label.${name}`);
  const typed = (/** @type {any} */ event) => set(event.target.value);
  if (type === "check") {
    return html`<label class="check"><input type="checkbox" id=${id} checked=${value} onChange=${(/** @type {any} */ event) => set(event.target.checked)} /><span>${label}</span></label>`;
  }
  return html`<${Field} id=${id} label=${label} error=${error}>
    ${choices
      ? html`<select ...${about(id, false, error)} value=${value} onChange=${typed}>${choices.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}</select>`
      : type === "text"
        ? html`<textarea ...${about(id, false, error)} rows="8" spellcheck=${false} autocapitalize="off" value=${value} onInput=${typed}></textarea>`
        : html`<input ...${about(id, false, error)} type="text" inputmode=${type === "number" ? "numeric" : undefined} maxlength=${most} autocomplete="off" autocapitalize="off" value=${value} onInput=${typed} />`}
  <//>`;
}
