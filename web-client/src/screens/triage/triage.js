// @ts-check
// Triage: the queue, the report, the decision. Three panes at a desk, one
// report at a time with big buttons on a phone.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { Dialog } from "../../components/dialog/dialog.js";
import { Icon } from "../../components/icon/icon.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { html } from "../../html.js";
import { HOLDS } from "../../labels.js";
import { go, place } from "../../router.js";
import { t } from "../../t.js";
import { isWide } from "../../wide.js";
import { holdName, QueueCount, QueueList, useQueue } from "./queue.js";
import { One } from "./one.js";

/** @typedef {import("./queue.js").Queue} Queue */

/** @param {string} held @param {string} [id] */
function pathFor(held, id) {
  return `/triage${id ? `/${id}` : ""}${held ? `?held=${held}` : ""}`;
}

/** Keys are for those who look at a list, not for those who write. @param {KeyboardEvent} event */
function isForUs(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const writes = target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  const isOff = localStorage.getItem("crm.keys") === "off" || document.querySelector("dialog[open]");
  return !writes && !isOff && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/**
 * @param {(step: number) => void} move @param {(at: number) => void} decide
 * @param {import("@preact/signals").Signal<boolean>} isHelp
 */
function useKeys(move, decide, isHelp) {
  const keys = useRef(/** @type {(event: KeyboardEvent) => void} */ (() => {}));
  keys.current = (event) => {
    if (!isForUs(event)) {
      return;
    }
    const { key } = event;
    if (key === "j" || key === "k") {
      move(key === "j" ? 1 : -1);
    } else if (/^[1-4]$/.test(key)) {
      decide(Number(key) - 1);
    } else if (key === "?") {
      isHelp.value = true;
    } else {
      return;
    }
    event.preventDefault();
  };
  useEffect(() => {
    const listen = (/** @type {KeyboardEvent} */ event) => keys.current(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

export function Screen() {
  const held = HOLDS.find((code) => code === place.value.query.get("held")) ?? "";
  const queue = useQueue(held);
  const items = queue.items.value;
  const isHelp = useSignal(false);
  const decide = useRef(/** @type {(at: number) => void} */ (() => {}));
  const id = place.value.params.id ?? (isWide.value ? items[0]?.id : undefined);

  /** @param {number} step */
  const move = (step) => {
    const at = items.findIndex((one) => one.id === id);
    const next = items[at + step];
    if (next) {
      go(pathFor(held, next.id), { replace: true });
    }
  };
  /** The decision has left: on to the next one, or back to the list. @param {string} gone */
  const advance = (gone) => {
    const at = items.findIndex((one) => one.id === gone);
    const next = at < 0 ? items[0] : items[at + 1] ?? items[at - 1];
    go(pathFor(held, next?.id === gone ? undefined : next?.id), { replace: true });
  };
  useKeys(move, (at) => decide.current(at), isHelp);
  useEffect(() => {
    document.querySelector(".queue-row[data-on=true]")?.scrollIntoView({ block: "nearest" });
    if (!isWide.value) {
      scrollTo(0, 0);
    }
  }, [id]);
  const list = html`<${Filter} held=${held} /><${QueueCount} queue=${queue} />
    <${QueueList} queue=${queue} at=${id ?? ""} held=${held} pathOf=${(/** @type {string} */ one) => pathFor(held, one)} />`;
  const one = id && html`<${One} key=${id} id=${id} decide=${decide} advance=${() => advance(id)} />`;
  return html`<div class="triage">
    ${isWide.value || !id
      ? html`<${TopBar} title=${t("triage.title")}>
          <button type="button" class="button-icon" onClick=${queue.reload}><${Icon} name="refresh" /><span class="unseen">${t("inbox.reload")}</span></button>
          ${isWide.value && html`<button type="button" class="button-icon" onClick=${() => (isHelp.value = true)}><${Icon} name="question" /><span class="unseen">${t("triage.keys")}</span></button>`}
        <//>`
      : html`<${TopBar} title=${items.find((item) => item.id === id)?.ticket ?? t("report.title")} back=${pathFor(held)}><${Steps} queue=${queue} id=${id} move=${move} /><//>`}
    <main class="triage-main" id="main">
      ${isWide.value
        ? html`<section class="triage-queue" aria-label=${t("triage.queue")}>${list}</section>${one || html`<div></div>`}`
        : one || list}
    </main>
    ${isHelp.value && html`<${Help} close=${() => (isHelp.value = false)} />`}
  </div>`;
}

/** @param {{queue: Queue, id: string, move: (step: number) => void}} props */
function Steps({ queue, id, move }) {
  const items = queue.items.value;
  const at = items.findIndex((one) => one.id === id);
  return html`<div class="neighbours">
    <button type="button" class="button-icon" disabled=${at < 1} onClick=${() => move(-1)}><${Icon} name="back" /><span class="unseen">${t("report.previous")}</span></button>
    <button type="button" class="button-icon" disabled=${at >= items.length - 1} onClick=${() => move(1)}><${Icon} name="forward" /><span class="unseen">${t("report.next")}</span></button>
  </div>`;
}

/** @param {{held: string}} props */
function Filter({ held }) {
  return html`<label class="tool triage-filter">
    <${Icon} name="filter" /><span class="unseen">${t("triage.filter")}</span>
    <select value=${held} onChange=${(/** @type {any} */ event) => go(pathFor(event.target.value), { replace: true })}>
      <option value="">${t("triage.filter.all")}</option>
      ${HOLDS.map((code) => html`<option key=${code} value=${code}>${holdName(code)}</option>`)}
    </select>
  </label>`;
}

/** @param {{close: () => void}} props */
function Help({ close }) {
  const rows = [["j", "report.next"], ["k", "report.previous"], ["1", "triage.do.route"], ["2", "triage.do.merge"], ["3", "triage.do.split"], ["4", "triage.do.reject"]];
  return html`<${Dialog} title=${t("triage.keys")} close=${close}>
    <dl class="keys">
      ${rows.map(([key, name]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${t(name)}</dd></div>`)}
      <div><dt><kbd>${t("triage.key.enter")}</kbd></dt><dd>${t("triage.key.send")}</dd></div>
    </dl>
    <p class="quiet">${t("triage.keys.off")}</p>
  <//>`;
}
