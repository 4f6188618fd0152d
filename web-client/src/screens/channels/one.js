// @ts-check
// One channel: stop it and let it in again, its limits, its keys.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError } from "../../api.js";
import { Dialog } from "../../components/dialog/dialog.js";
import { Icon } from "../../components/icon/icon.js";
import { Failure, failureText, Loading } from "../../components/state/state.js";
import { say } from "../../components/toast/toast.js";
import { channelEdit, keyRetire, keysAdd, keysRead } from "../../desk/channel-api.js";
import { html } from "../../html.js";
import { t } from "../../t.js";
import { fullDay } from "../../time.js";
import { asError, Form } from "./form.js";

/** @typedef {import("../../desk/channel-api.js").Channel} Channel */
/** @typedef {import("../../desk/channel-api.js").Key} Key */

const LIMITS = [
  { name: "reads_per_minute", type: "number", most: 7 },
  { name: "writes_per_minute", type: "number", most: 7 },
];
const KEY = [
  { name: "public_key", type: "text" },
  { name: "kid", type: "line", most: 64, isOptional: true },
  { name: "alg", type: "choice", choices: ["ES256", "RS256"] },
  { name: "issuer", type: "line", most: 200 },
  { name: "audience", type: "line", most: 200 },
];

/** @param {{channel: Channel, show: (channel: Channel) => void, reload: () => Promise<any>}} props */
export function One({ channel, show, reload }) {
  /** @param {any} values */
  const limit = async (values) => {
    const number = (/** @type {string} */ name) => (/^\d+$/.test(String(values[name]).trim()) ? Number(values[name]) : 0);
    show(await channelEdit(channel.id, { reads_per_minute: number("reads_per_minute"), writes_per_minute: number("writes_per_minute") }));
  };
  return html`<${State} channel=${channel} show=${show} />
    <${Keys} channel=${channel} reload=${reload} />
    <${Form} key=${`${channel.reads_per_minute} ${channel.writes_per_minute}`} title=${t("channels.limits")} inputs=${LIMITS} start=${channel} send=${limit} />`;
}

/** @param {{channel: Channel, show: (channel: Channel) => void}} props */
function State({ channel, show }) {
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  /** @param {boolean} active */
  const turn = async (active) => {
    isBusy.value = true;
    try {
      show(await channelEdit(channel.id, { active }));
      say(t("channels.saved"));
    } catch (cause) {
      say(failureText(asError(cause)).title, false);
    }
    isBusy.value = false;
    isAsking.value = false;
  };
  return html`<section class="panel channel-state">
    <p><strong>${t(channel.active ? "channels.active" : "channels.suspended")}</strong><span class="quiet">${channel.code}</span></p>
    ${channel.sandbox && html`<p>${t("channels.hint.sandbox")}</p>`}
    ${channel.active
      ? html`<button type="button" class="button" data-kind="second" onClick=${() => (isAsking.value = true)}><${Icon} name="pause" />${t("channels.suspend")}</button>`
      : html`<button type="button" class="button" disabled=${isBusy.value} onClick=${() => turn(true)}><${Icon} name="check" />${t("channels.resume")}</button>`}
    ${isAsking.value &&
    html`<${Sure} title=${t("channels.suspend")} what=${channel.name} text=${t("channels.hint.suspend")} isBusy=${isBusy.value} go=${() => turn(false)} close=${() => (isAsking.value = false)} />`}
  </section>`;
}

/** @param {{title: string, what: string, text: string, isBusy: boolean, go: () => void, close: () => void}} props */
function Sure({ title, what, text, isBusy, go, close }) {
  return html`<${Dialog} title=${title} close=${close}>
    <p><strong>${what}</strong></p>
    <p>${text}</p>
    <div class="dialog-foot">
      <button type="button" class="button" data-kind="danger" disabled=${isBusy} onClick=${go}>${title}</button>
      <button type="button" class="button" data-kind="second" onClick=${close}>${t("action.cancel")}</button>
    </div>
  <//>`;
}

/** What was pasted: a set, or one key with what a PEM does not say. @param {any} values */
function bodyOf({ public_key, kid, alg, issuer, audience }) {
  if (!public_key.trim().startsWith("{")) {
    return { public_key, kid, alg, issuer, audience };
  }
  try {
    return { jwks: JSON.parse(public_key), issuer, audience };
  } catch {
    throw new ApiError("invalid", { status: 422, errors: [/** @type {any} */ ({ pointer: "/public_key", code: "json", detail: t("channels.no_json") })] });
  }
}

/** @param {{channel: Channel, reload: () => Promise<any>}} props */
function Keys({ channel, reload }) {
  const keys = useSignal(/** @type {Key[]|null} */ (null));
  const error = useSignal(/** @type {any} */ (null));
  const going = useSignal(/** @type {Key|null} */ (null));
  const isBusy = useSignal(false);
  const load = () => {
    error.value = null;
    return keysRead(channel.id).then((list) => (keys.value = list), (cause) => (error.value = asError(cause)));
  };
  useEffect(() => {
    load();
  }, []);
  const retire = async () => {
    isBusy.value = true;
    try {
      await keyRetire(/** @type {Key} */ (going.value).id);
      say(t("channels.saved"));
    } catch (cause) {
      say(failureText(asError(cause)).title, false);
    }
    await Promise.all([load(), reload()]);
    isBusy.value = false;
    going.value = null;
  };
  /** @param {any} values */
  const add = async (values) => {
    keys.value = await keysAdd(channel.id, bodyOf(values));
    await reload();
  };
  const last = keys.value?.[0];
  return html`<h2 class="section-title">${t("channels.keys.title")}</h2>
    ${error.value
      ? html`<${Failure} error=${error.value} retry=${load} />`
      : !keys.value
        ? html`<${Loading} rows=${2} />`
        : html`${keys.value.length === 0 && html`<p class="panel">${t("channels.keys.none")}</p>`}
          ${keys.value.length > 0 &&
          html`<ul class="entries">
            ${keys.value.map((one) => html`<${Line} key=${one.id} one=${one} ask=${() => (going.value = one)} />`)}
          </ul>`}
          <${Form} key=${last?.id} title=${t("channels.keys.add")} hint=${t("channels.hint.key")} inputs=${KEY} start=${{ issuer: last?.issuer, audience: last?.audience }} send=${add} />`}
    ${going.value &&
    html`<${Sure} title=${t("channels.retire")} what=${going.value.id} text=${t("channels.hint.retire")} isBusy=${isBusy.value} go=${retire} close=${() => (going.value = null)} />`}`;
}

/** @param {{one: Key, ask: () => void}} props */
function Line({ one, ask }) {
  const when = one.retired_at ? t("channels.retired", { day: fullDay(one.retired_at) }) : t("channels.since", { day: fullDay(one.added_at) });
  return html`<li data-off=${Boolean(one.retired_at)}>
    <div><strong>${one.id}</strong><p class="quiet">${one.alg} · ${when}</p><p class="quiet">${one.issuer}</p></div>
    ${!one.retired_at && html`<button type="button" class="button" data-kind="second" onClick=${ask}>${t("channels.retire")}<span class="unseen"> ${one.id}</span></button>`}
  </li>`;
}
