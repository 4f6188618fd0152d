// @ts-check
// What has not reached the server yet: number, action, size, state. The
// words and photos themselves are not shown again.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { Dialog } from "../../components/dialog/dialog.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelLine } from "../../components/label-banner/label-banner.js";
import { Empty, failureText, Loading } from "../../components/state/state.js";
import { statusName } from "../../components/status-tag/status-tag.js";
import { say } from "../../components/toast/toast.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { html } from "../../html.js";
import { drop, entries, isRead, isTight, retry, sendAll, sending } from "../../outbox.js";
import { formatNumber, t, tn } from "../../t.js";
import { age, clock, now } from "../../time.js";

/** @typedef {import("../../outbox.js").Entry} Entry */

export function Screen() {
  const all = entries.value;
  const isBusy = Boolean(sending.value);
  const sendNow = async () => {
    await sendAll(true);
    const left = entries.value.length;
    say(left ? tn("outbox.left", left) : t("sent.now", { at: clock(now()) }), !left);
  };
  return html`<div class="outbox">
    <${TopBar} title=${t("outbox.title")} />
    <main class="form-main" id="main">
      ${isTight.value && html`<div class="notice" role="status"><${Icon} name="warning" /><div><p>${t("outbox.tight")}</p></div></div>`}
      ${all.length
        ? html`<p class="quiet">${t("outbox.hint")}</p>
            <button type="button" class="button" disabled=${isBusy} onClick=${sendNow}>
              <${Icon} name="send" />${t(isBusy ? "action.sending" : "outbox.send")}
            </button>
            <ul class="cards">${all.map((entry) => html`<${Item} key=${entry.id} entry=${entry} />`)}</ul>`
        : !isRead.value
          ? html`<${Loading} rows=${1} />`
          : html`<${Empty} icon="check" title=${t("outbox.empty.title")} text=${t("outbox.empty.text")} />`}
    </main>
  </div>`;
}

/** @param {Entry} entry */
function stateText({ id, body }) {
  if (sending.value?.id === id) {
    return t("outbox.state.sending", { percent: Math.round(sending.value.part * 100) });
  }
  return t(`outbox.state.${body.state}`);
}

/** @param {NonNullable<Entry["body"]["problem"]>} problem */
function problemText({ status, detail }) {
  if (status === 412) {
    return t("outbox.problem.stale");
  }
  if (status === 409) {
    return t("outbox.problem.status", { status: statusName(detail) });
  }
  if (status === 404 || status === 403) {
    return t("outbox.problem.gone");
  }
  return t("outbox.problem.refused", { code: String(status) });
}

/** @param {{entry: Entry}} props */
function Item({ entry }) {
  const isAsking = useSignal(false);
  const { body } = entry;
  const isStuck = body.state === "attention";
  const again = async () => {
    const { error } = await retry(entry.id);
    say(error ? failureText(error).title : t("sent.now", { at: clock(now()) }), !error);
  };
  const size = entry.bytes ? ` · ${t("outbox.size", { n: formatNumber(Math.ceil(entry.bytes / 1024)) })}` : "";
  return html`<li class="card" data-tone=${isStuck ? "red" : "yellow"}>
    <div class="card-head">
      <strong>${t(`event.${body.event.type}`)}</strong>
      <span class="entry-state" data-stuck=${isStuck}><${Icon} name=${isStuck ? "warning" : "send"} />${stateText(entry)}</span>
    </div>
    <p class="card-meta">
      <a class="ticket" href=${`/reports/${body.report}`}>${body.ticket}</a> · ${age(new Date(entry.at).toISOString())}${size}
    </p>
    ${body.problem && html`<p class="entry-problem">${problemText(body.problem)}</p>`}
    <${LabelLine} label=${body.label} />
    <div class="entry-buttons">
      ${isStuck && html`<button
        type="button"
        class="button"
        data-kind="second"
        onClick=${again}
      >${t("outbox.again")}</button>`}
      <button
        type="button"
        class="button"
        data-kind="plain"
        onClick=${() => (isAsking.value = true)}
      ><${Icon} name="trash" />${t("outbox.drop")}</button>
    </div>
    ${isAsking.value &&
    html`<${Dialog} title=${t("outbox.drop.title")} close=${() => (isAsking.value = false)}>
      <p>${t("outbox.drop.text", { ticket: body.ticket })}</p>
      <div class="dialog-foot">
        <button
          type="button"
          class="button"
          data-kind="danger"
          onClick=${() => drop(entry.id)}
        >${t("outbox.drop.do")}</button>
        <button
          type="button"
          class="button"
          data-kind="second"
          onClick=${() => (isAsking.value = false)}
        >${t("action.cancel")}</button>
      </div>
    <//>`}
  </li>`;
}
