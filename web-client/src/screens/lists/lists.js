// @ts-check
// What admins keep: words of the filter, days off, texts to start from. An
// admin sees no report.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError } from "../../api.js";
import { Dialog } from "../../components/dialog/dialog.js";
import { ErrorSummary } from "../../components/error-summary/error-summary.js";
import { about, Field } from "../../components/field/field.js";
import { Icon } from "../../components/icon/icon.js";
import { Failure, failureText, Loading } from "../../components/state/state.js";
import { say } from "../../components/toast/toast.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { listAdd, listDelete, listRead } from "../../desk/api.js";
import { html } from "../../html.js";
import { place } from "../../router.js";
import { language, t, tn } from "../../t.js";
import { emptyOf, KINDS, NAMES } from "./kinds.js";

/** @typedef {import("../../desk/api.js").ListName} ListName */
/** @typedef {import("./kinds.js").Input} Input */

/** @param {unknown} cause */
function asError(cause) {
  return cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
}

/** @param {ListName} name */
function useEntries(name) {
  const { order } = KINDS[name];
  const items = useSignal(/** @type {any[]|null} */ (null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  /** @param {any[]} list */
  const show = (list) => (items.value = [...list].sort((a, b) => order(a).localeCompare(order(b))));
  const load = () => {
    error.value = null;
    return listRead(name).then(show, (cause) => (error.value = asError(cause)));
  };
  useEffect(() => {
    load();
  }, [language.value]);
  return { items, error, load, show };
}

export function Screen() {
  const name = NAMES.find((one) => one === place.value.params.list) ?? NAMES[0];
  return html`<div class="lists">
    <${TopBar} title=${t("lists.title")} />
    <main class="form-main" id="main">
      <nav class="lists-tabs" aria-label=${t("lists.title")}>
        ${NAMES.map((one) => html`<a key=${one} href=${`/lists/${one}`} aria-current=${one === name ? "page" : undefined}>${t(`lists.${one}`)}</a>`)}
      </nav>
      <${List} key=${name} name=${name} />
    </main>
  </div>`;
}

/** @param {{name: ListName}} props */
function List({ name }) {
  const entries = useEntries(name);
  const { items, error, load, show } = entries;
  const going = useSignal(/** @type {any} */ (null));
  const isBusy = useSignal(false);
  const kind = KINDS[name];
  const drop = async () => {
    isBusy.value = true;
    try {
      await listDelete(name, going.value.id);
      show((items.value ?? []).filter((one) => one.id !== going.value.id));
      say(t("lists.dropped"));
    } catch (cause) {
      say(failureText(asError(cause)).title, false);
      await load();
    }
    isBusy.value = false;
    going.value = null;
  };
  return html`<p>${t(`lists.hint.${name}`)}</p>
    <${Add} name=${name} added=${(/** @type {any} */ entry) => show([...(items.value ?? []).filter((one) => one.id !== entry.id), entry])} />
    ${error.value
      ? html`<${Failure} error=${error.value} retry=${load} />`
      : !items.value
        ? html`<${Loading} rows=${3} />`
        : html`<p class="queue-count" role="status">${tn("lists.count", items.value.length)}</p>
          <ul class="entries">
            ${items.value.map(
              (one) => html`<li key=${one.id}>
                <div><strong>${kind.title(one)}</strong><p class="quiet">${kind.more(one)}</p></div>
                ${kind.may(one) &&
                html`<button type="button" class="button-icon" onClick=${() => (going.value = one)}>
                  <${Icon} name="trash" /><span class="unseen">${t("lists.drop", { name: kind.title(one) })}</span>
                </button>`}
              </li>`,
            )}
          </ul>`}
    ${going.value &&
    html`<${Dialog} title=${t("lists.drop.title")} close=${() => (going.value = null)}>
      <p><strong>${kind.title(going.value)}</strong></p>
      <p>${t(`lists.drop.${name}`)}</p>
      <div class="dialog-foot">
        <button type="button" class="button" data-kind="danger" disabled=${isBusy.value} onClick=${drop}>${t("lists.drop.do")}</button>
        <button type="button" class="button" data-kind="second" onClick=${() => (going.value = null)}>${t("action.cancel")}</button>
      </div>
    <//>`}`;
}

/** @param {ApiError} error */
function faultsOf(error) {
  const found = error.status === 422 ? error.errors : [];
  const faults = found.map((/** @type {any} */ { pointer, detail, code }) => ({ field: `lists-${pointer.replace(/^\//, "")}`, text: detail ?? code }));
  return faults.length ? faults : [{ text: failureText(error).title }];
}

/** @param {{name: ListName, added: (entry: any) => void}} props */
function Add({ name, added }) {
  const kind = KINDS[name];
  const values = useSignal(emptyOf(kind));
  const faults = useSignal(/** @type {{field?: string, text: string}[]} */ ([]));
  const isBusy = useSignal(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const missing = kind.inputs.filter((input) => !values.value[input.name].trim());
    faults.value = missing.map((input) => ({ field: `lists-${input.name}`, text: t("lists.missing", { name: t(`lists.label.${input.name}`) }) }));
    if (missing.length || isBusy.value) {
      return;
    }
    isBusy.value = true;
    try {
      added(await listAdd(name, values.value));
      const [first] = kind.inputs.filter(({ type }) => type === "choice");
      values.value = { ...emptyOf(kind), [first.name]: values.value[first.name] };
      say(t("lists.added"));
    } catch (cause) {
      faults.value = faultsOf(asError(cause));
    }
    isBusy.value = false;
  };
  return html`<form class="panel lists-add" onSubmit=${submit} noValidate>
    <h2 class="section-title">${t(`lists.add.${name}`)}</h2>
    <${ErrorSummary} errors=${faults.value} />
    ${kind.inputs.map(
      (input) => html`<${One}
        key=${input.name}
        input=${input}
        value=${values.value[input.name]}
        error=${faults.value.find(({ field }) => field === `lists-${input.name}`)?.text}
        set=${(/** @type {string} */ value) => (values.value = { ...values.value, [input.name]: value })}
      />`,
    )}
    <button type="submit" class="button" disabled=${isBusy.value}><${Icon} name="plus" />${t(isBusy.value ? "action.sending" : "lists.add")}</button>
  </form>`;
}

/** @param {{input: Input, value: string, error?: string, set: (value: string) => void}} props */
function One({ input, value, error, set }) {
  const id = `lists-${input.name}`;
  const hint = input.type === "text" ? t("lists.hint.gaps", { gaps: "{ticket} {category} {unit} {due}" }) : undefined;
  const typed = (/** @type {any} */ event) => set(event.target.value);
  return html`<${Field} id=${id} label=${t(`lists.label.${input.name}`)} hint=${hint} error=${error}>
    ${input.type === "choice"
      ? html`<select ...${about(id, false, error)} value=${value} onChange=${typed}>
          ${input.choices?.map((one) => html`<option key=${one} value=${one}>${t(`lists.choice.${one}`)}</option>`)}
        </select>`
      : input.type === "text"
        ? html`<textarea ...${about(id, true, error)} rows="4" maxlength=${input.most} value=${value} onInput=${typed}></textarea>`
        : html`<input ...${about(id, false, error)} type=${input.type === "day" ? "date" : "text"} maxlength=${input.most} autocomplete="off" value=${value} onInput=${typed} />`}
  <//>`;
}
