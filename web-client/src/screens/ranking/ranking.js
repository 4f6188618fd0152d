// @ts-check
// Units by work that was found good: a table that can be read aloud, with
// bars for the eye.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError } from "../../api.js";
import { about, Field } from "../../components/field/field.js";
import { Empty, Failure, Loading } from "../../components/state/state.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { Bar } from "../../desk/bar.js";
import { rankingList } from "../../desk/work-api.js";
import { html } from "../../html.js";
import { session } from "../../session.js";
import { language, t } from "../../t.js";
import { dayFromNow, longDay } from "../../time.js";
import { PERIODS, periodOf } from "./period.js";

/** @typedef {import("../../desk/work-api.js").Ranked} Ranked */

/** Kinds of units that work on reports. */
const KINDS = ["kelurahan", "kecamatan", "kota", "sudin", "dinas", "badan", "biro", "satpol", "upt", "bumd", "utility"];

function useRanking() {
  const period = useSignal(PERIODS[0]);
  const kind = useSignal("");
  const items = useSignal(/** @type {Ranked[]|null} */ (null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const turn = useSignal(0);
  const days = periodOf(period.value, dayFromNow(0));
  useEffect(() => {
    let isGone = false;
    error.value = null;
    items.value = null;
    rankingList({ ...days, kind: kind.value }).then(
      (found) => isGone || (items.value = found),
      (cause) => isGone || (error.value = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 })),
    );
    return () => {
      isGone = true;
    };
  }, [period.value, kind.value, language.value, turn.value]);
  return { period, kind, days, items: items.value, error: error.value, retry: () => (turn.value += 1) };
}

export function Screen() {
  const data = useRanking();
  const { from, to } = data.days;
  return html`<div class="ranking">
    <${TopBar} title=${t("ranking.title")} />
    <main id="main">
      <div class="ranking-choices">
        <${Choice} id="period" label=${t("ranking.period")} value=${data.period} options=${PERIODS.map((one) => ({ value: one, name: t(`ranking.period.${one}`) }))} />
        <${Choice} id="kind" label=${t("ranking.kind")} value=${data.kind} options=${["", ...KINDS].map((one) => ({ value: one, name: one ? t(`unit.kind.${one}`) : t("filter.any") }))} />
      </div>
      <section class="panel">
        ${data.error && html`<${Failure} error=${data.error} retry=${data.retry} />`}
        ${!data.error && !data.items && html`<${Loading} rows=${3} />`}
        ${data.items && !data.items.length && html`<${Empty} icon="chart" title=${t("ranking.none.title")} text=${t("ranking.none.text")} />`}
        ${data.items && data.items.length > 0 && html`<${Ranks} items=${data.items} days=${`${longDay(from)} – ${longDay(to)}`} />`}
      </section>
    </main>
  </div>`;
}

/** @param {{id: string, label: string, value: import("@preact/signals").Signal<string>, options: {value: string, name: string}[]}} props */
function Choice({ id, label, value, options }) {
  return html`<${Field} id=${`ranking-${id}`} label=${label}>
    <select
      ...${about(`ranking-${id}`, false, "")}
      value=${value.value}
      onChange=${(/** @type {any} */ event) => (value.value = event.target.value)}
    >
      ${options.map((one) => html`<option key=${one.value} value=${one.value}>${one.name}</option>`)}
    </select>
  <//>`;
}

/** @param {{items: Ranked[], days: string}} props */
function Ranks({ items, days }) {
  const most = Math.max(1, ...items.map((one) => one.validated));
  const percent = new Intl.NumberFormat(language.value, { style: "percent", maximumFractionDigits: 0 });
  const own = session.value?.unit?.id;
  return html`<table class="figures">
    <caption>${t("ranking.caption", { days })}</caption>
    <thead>
      <tr>
        <th scope="col">${t("ranking.unit")}</th>
        <th scope="col" class="number">${t("ranking.validated")}</th>
        <th scope="col" class="number">${t("ranking.on_time")}</th>
        <th scope="col" class="number">${t("ranking.reopened")}</th>
      </tr>
    </thead>
    <tbody>
      ${items.map((one) => html`<tr key=${one.unit.id} data-own=${one.unit.id === own}>
        <th scope="row">${one.rank}. ${one.unit.name}${one.unit.id === own && html`<span>${t("ranking.own")}</span>`}</th>
        <td class="number">${one.validated}<${Bar} part=${one.validated / most} /></td>
        <td class="number">${percent.format(one.on_time)}<${Bar} part=${one.on_time} tone="green" /></td>
        <td class="number">${one.reopened || t("ranking.few")}</td>
      </tr>`)}
    </tbody>
  </table>`;
}
