// @ts-check
// The counter: a desk officer keys in what came by telephone, letter or in
// person. The reporter's data is sealed by the server and cannot be read
// again; here it lives in this form alone, in memory, until it is sent or
// left. It never enters the outbox.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { ApiError, categoryList } from "../../api.js";
import { ErrorSummary } from "../../components/error-summary/error-summary.js";
import { about, Field } from "../../components/field/field.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner } from "../../components/label-banner/label-banner.js";
import { PlaceChoice } from "../../components/report-parts/place.js";
import { failureText } from "../../components/state/state.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { channelList, reportAdd } from "../../desk/api.js";
import { html } from "../../html.js";
import { draftKeep, draftRecall } from "../../memory.js";
import { useReference } from "../../reference.js";
import { t } from "../../t.js";
import { EMPTY, faultsOf, refusalsOf, REPORTER, reportOf } from "./form.js";
import { Photos } from "./photos.js";

/** @typedef {import("./form.js").Values} Values */
/** @typedef {import("../../types.js").Report} Report */

/** The keyboard of a phone for each. @type {Record<string, string>} */
const MODES = { name: "text", phone: "tel", email: "email", nik: "numeric", account_id: "text" };
const CHANNEL = "counter channel";

/** Nothing but the channel that was chosen last: one sits at a telephone all day. */
const start = () => ({ ...EMPTY, channel: draftRecall(CHANNEL) });

/** What is typed, and what came of sending it. */
function useCounter() {
  const values = useSignal(start());
  const photos = useSignal(/** @type {Blob[]} */ ([]));
  const faults = useSignal(/** @type {import("./form.js").Fault[]} */ ([]));
  const isBusy = useSignal(false);
  const stored = useSignal(/** @type {Report|null} */ (null));
  // One key for one content: a second try of the same makes no second report.
  const key = useRef("");

  const wipe = () => {
    values.value = start();
    photos.value = [];
    key.current = "";
  };
  useEffect(() => wipe, []);
  /** @param {Partial<Values>} some */
  const set = (some) => {
    values.value = { ...values.value, ...some };
    draftKeep(CHANNEL, values.value.channel);
    key.current = "";
  };
  /** @param {Blob[]} next */
  const setPhotos = (next) => {
    photos.value = next;
    key.current = "";
  };
  const send = async () => {
    faults.value = faultsOf(values.value);
    if (faults.value.length || isBusy.value) {
      return;
    }
    isBusy.value = true;
    key.current ||= crypto.randomUUID();
    try {
      stored.value = await reportAdd(key.current, reportOf(values.value), photos.value);
      wipe();
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
      const refused = error.status === 422 ? refusalsOf(error) : [];
      faults.value = refused.length ? refused : [{ text: error.isTransient ? t("counter.unsent") : failureText(error).title }];
    }
    isBusy.value = false;
  };
  return { values, photos, faults, isBusy, stored, set, setPhotos, send };
}

export function Screen() {
  const counter = useCounter();
  const report = counter.stored.value;
  return html`<div class="counter">
    <${TopBar} title=${t("counter.title")} />
    <main class="form-main" id="main">
      ${report ? html`<${Stored} report=${report} again=${() => (counter.stored.value = null)} />` : html`<${Form} counter=${counter} />`}
    </main>
  </div>`;
}

/** @param {{report: Report, again: () => void}} props */
function Stored({ report, again }) {
  const heading = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus();
  }, []);
  return html`<${LabelBanner} label=${report.confidentiality} />
    <section class="panel counter-stored">
      <h2 tabindex="-1" ref=${heading}>${t("counter.stored")}</h2>
      <p class="counter-ticket ticket">${report.ticket}</p>
      <p>${t("counter.tell")}</p>
      <p><${StatusTag} status=${report.status} /> ${report.unit?.name ?? ""}</p>
      <p class="counter-sealed"><${Icon} name="lock" /><span>${t("counter.sealed")}</span></p>
      <div class="dialog-foot">
        <button type="button" class="button" onClick=${again}>${t("counter.again")}</button>
        <a class="button" data-kind="second" href=${`/reports/${report.id}`}>${t("preview.open")}</a>
      </div>
    </section>`;
}

/** @param {{counter: ReturnType<typeof useCounter>}} props */
function Form({ counter }) {
  const { values, faults, isBusy, set, send } = counter;
  /** @param {string} name */
  const errorOf = (name) => faults.value.find(({ field }) => field === `counter-${name}`)?.text;
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    send();
  };
  const parts = { values: values.value, set, errorOf };
  return html`<form class="counter-form" onSubmit=${submit} noValidate autocomplete="off">
    <${ErrorSummary} errors=${faults.value} />
    <${Source} ...${parts} />
    <${Matter} ...${parts} />
    <section class="panel">
      <${PlaceChoice} id="counter-place" value=${values.value.place} choose=${(/** @type {any} */ place) => set({ place })} />
      ${errorOf("place") && html`<p class="field-error"><${Icon} name="warning" />${errorOf("place")}</p>`}
      <${Line} name="address" most=${300} hint=${values.value.place ? undefined : t("counter.hint.address")} ...${parts} />
    </section>
    <section class="panel"><${Photos} photos=${counter.photos.value} set=${counter.setPhotos} /></section>
    <${Person} ...${parts} />
    <div class="actions">
      <button type="submit" class="button" disabled=${isBusy.value}><${Icon} name="lock" />${t(isBusy.value ? "action.sending" : "counter.send")}</button>
    </div>
  </form>`;
}

/** @typedef {{values: Values, set: (some: Partial<Values>) => void, errorOf: (name: string) => string|undefined}} Parts */

/**
 * One line of text. Nothing of it goes to a spell checker, which may be
 * somebody else's server.
 * @param {Parts & {name: "channel_ref"|"address"|"name"|"phone"|"email"|"nik"|"account_id", most: number, mode?: string, hint?: string}} props
 */
function Line({ name, most, mode, hint, values, set, errorOf }) {
  const id = `counter-${name}`;
  const error = errorOf(name);
  return html`<${Field} id=${id} label=${t(`counter.label.${name}`)} hint=${hint} error=${error}>
    <input
      ...${about(id, hint, error)}
      type="text"
      inputmode=${mode}
      autocomplete="off"
      spellcheck=${false}
      maxlength=${most}
      value=${values[name]}
      onInput=${(/** @type {any} */ event) => set({ [name]: event.target.value })}
    />
  <//>`;
}

/** @param {Parts} props */
function Source(props) {
  const { values, set, errorOf } = props;
  const { items, isFailed, retry } = useReference("channels", channelList);
  return html`<section class="panel">
    <${Field} id="counter-channel" label=${t("counter.label.channel")} error=${errorOf("channel")}>
      ${isFailed && html`<button type="button" class="button" data-kind="second" onClick=${retry}>${t("action.retry")}</button>`}
      <select ...${about("counter-channel", false, errorOf("channel"))} value=${values.channel} onChange=${(/** @type {any} */ event) => set({ channel: event.target.value })}>
        <option value="">${t("counter.choose")}</option>
        ${(items ?? []).map(({ code, name }) => html`<option key=${code} value=${code}>${name}</option>`)}
      </select>
    <//>
    <${Line} name="channel_ref" most=${200} hint=${t("counter.hint.channel_ref")} ...${props} />
  </section>`;
}

/** @param {Parts} props */
function Matter({ values, set, errorOf }) {
  const { items } = useReference("categories", categoryList);
  return html`<section class="panel">
    <${Field} id="counter-description" label=${t("counter.label.description")} hint=${t("counter.hint.description")} error=${errorOf("description")}>
      <textarea
        ...${about("counter-description", true, errorOf("description"))}
        rows="6"
        maxlength="4000"
        spellcheck=${false}
        value=${values.description}
        onInput=${(/** @type {any} */ event) => set({ description: event.target.value })}
      ></textarea>
    <//>
    <${Field} id="counter-category" label=${t("filter.category")} error=${errorOf("category")}>
      <select ...${about("counter-category", false, errorOf("category"))} value=${values.category} onChange=${(/** @type {any} */ event) => set({ category: event.target.value })}>
        <option value="">${t("report.no_category")}</option>
        ${(items ?? []).map(({ code, name }) => html`<option key=${code} value=${code}>${name}</option>`)}
      </select>
    <//>
    <fieldset class="field">
      <legend>${t("filter.visibility")}</legend>
      ${["private", "public"].map(
        (one) => html`<label class="check" key=${one}>
          <input type="radio" name="counter-visibility" checked=${values.visibility === one} onChange=${() => set({ visibility: one })} />
          <span>${t(`counter.visibility.${one}`)}</span>
        </label>`,
      )}
    </fieldset>
  </section>`;
}

/** @param {Parts} props */
function Person(props) {
  return html`<section class="panel counter-person">
    <h2 class="section-title">${t("counter.person")}</h2>
    <p class="counter-sealed" id="counter-sealed"><${Icon} name="lock" /><span>${t("counter.sealing")}</span></p>
    ${REPORTER.map((name) => html`<${Line} key=${name} name=${name} most=${200} mode=${MODES[name]} ...${props} />`)}
  </section>`;
}
