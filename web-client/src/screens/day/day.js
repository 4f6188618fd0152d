// @ts-check
// My day: what this officer has to do, by deadline, the nearest first once
// the officer asks for it. The position stays in this screen's memory: it is
// neither sent nor kept.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError, reportList } from "../../api.js";
import { Icon } from "../../components/icon/icon.js";
import { ReportCard } from "../../components/report-card/report-card.js";
import { Empty, Failure, Loading } from "../../components/state/state.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { html } from "../../html.js";
import { turnOf } from "../../labels.js";
import { answered, listKeep, listRecall } from "../../memory.js";
import { locate } from "../../photo.js";
import { session } from "../../session.js";
import { language, t, tn } from "../../t.js";
import { minute, now } from "../../time.js";
import { away, groupsOf } from "./groups.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("./groups.js").Spot} Spot */

const KEY = "day";
const PAGES_MAX = 5;

/** All of it: a day's work is no long list. */
async function workRead() {
  const items = [];
  let cursor = /** @type {string|null|undefined} */ (undefined);
  for (let page = 0; page < PAGES_MAX && cursor !== null; page += 1) {
    const filter = { assigned: "me", status: turnOf("officer"), sort: "due_at", limit: "100", cursor };
    const answer = await reportList(/** @type {any} */ (filter));
    items.push(...answer.items);
    cursor = answer.next_cursor;
  }
  return items;
}

function useWork() {
  const items = useSignal(/** @type {Report[]|null} */ (listRecall(KEY)?.items ?? null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const load = async () => {
    error.value = null;
    try {
      items.value = await workRead();
      listKeep(KEY, { items: items.value, cursor: null, language: language.value });
    } catch (cause) {
      error.value = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
    }
  };
  useEffect(() => {
    load();
  }, [language.value, answered.value]);
  return { items: items.value, error: error.value, load };
}

/** Asked for by a tap, and only then. */
function useSpot() {
  const spot = useSignal(/** @type {Spot|null} */ (null));
  const state = useSignal("");
  const ask = async () => {
    state.value = "busy";
    try {
      spot.value = await locate();
      state.value = "";
    } catch (cause) {
      state.value = /** @type {Error} */ (cause).message;
    }
  };
  return { spot: spot.value, state: state.value, ask };
}

export function Screen() {
  const { items, error, load } = useWork();
  const where = useSpot();
  return html`<div class="day inbox">
    <${TopBar} title=${t("day.title")}>
      <button type="button" class="button-icon" onClick=${load}>
        <${Icon} name="refresh" /><span class="unseen">${t("inbox.reload")}</span>
      </button>
    <//>
    <main class="inbox-main" id="main">
      ${session.value?.role !== "officer"
        ? html`<${Empty} icon="user" title=${t("failure.forbidden.title")} text=${t("failure.forbidden.text")} />`
        : html`<${Content} items=${items} error=${error} load=${load} where=${where} />`}
    </main>
  </div>`;
}

/** @param {{items: Report[]|null, error: ApiError|null, load: () => void, where: ReturnType<typeof useSpot>}} props */
function Content({ items, error, load, where }) {
  minute.value;
  if (error && !items?.length) {
    return html`<${Failure} error=${error} retry=${load} />`;
  }
  if (!items) {
    return html`<${Loading} rows=${3} />`;
  }
  if (!items.length) {
    return html`<${Empty} icon="check" title=${t("day.empty.title")} text=${t("day.empty.text")}>
      <a class="button" href="/">${t("missing.go")}</a>
    <//>`;
  }
  return html`<${Near} where=${where} />
    ${groupsOf(items, now(), where.spot).map((group) => html`<section class="day-group" key=${group.name} data-group=${group.name}>
      <h2 class="day-head">${t(`day.${group.name}`)} <span class="quiet">${tn("inbox.count", group.items.length)}</span></h2>
      <ul class="cards">
        ${group.items.map((report) => html`<${ReportCard} key=${report.id} report=${report}>
          <${Distance} metres=${away(report, where.spot)} />
        <//>`)}
      </ul>
    </section>`)}`;
}

/** @param {{where: ReturnType<typeof useSpot>}} props */
function Near({ where }) {
  const { spot, state, ask } = where;
  const isBusy = state === "busy";
  return html`<div class="day-near">
    <button type="button" class="button" data-kind="second" disabled=${isBusy} onClick=${ask}>
      <${Icon} name="navigate" />${t(isBusy ? "follow.place.busy" : spot ? "day.near.again" : "day.near")}
    </button>
    <p class="quiet" role="status">${state && !isBusy
      ? t(state === "denied" ? "follow.place.denied" : "follow.place.unknown")
      : t(spot ? "day.near.on" : "day.near.hint")}</p>
  </div>`;
}

/** @param {{metres: number|null}} props */
function Distance({ metres }) {
  if (metres === null) {
    return null;
  }
  const number = new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 });
  const text = metres < 1000
    ? t("day.metres", { n: Math.round(metres / 10) * 10 })
    : t("day.kilometres", { n: number.format(metres / 1000) });
  return html`<p class="card-meta day-distance"><${Icon} name="pin" />${text}</p>`;
}
