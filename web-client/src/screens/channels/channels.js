// @ts-check
// Ways by which reports come in: all of them, or one with its limits and keys.
// An admin sees no report.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { Icon } from "../../components/icon/icon.js";
import { Failure, Loading } from "../../components/state/state.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { channelAdd, channelsRead } from "../../desk/channel-api.js";
import { html } from "../../html.js";
import { place } from "../../router.js";
import { t } from "../../t.js";
import { asError, Form } from "./form.js";
import { One } from "./one.js";

/** @typedef {import("../../desk/channel-api.js").Channel} Channel */

export function Screen() {
  const items = useSignal(/** @type {Channel[]|null} */ (null));
  const error = useSignal(/** @type {any} */ (null));
  const load = () => {
    error.value = null;
    return channelsRead().then((list) => (items.value = list), (cause) => (error.value = asError(cause)));
  };
  useEffect(() => {
    load();
  }, []);
  const { id } = place.value.params;
  useEffect(() => scrollTo(0, 0), [id]);
  /** @param {Channel} channel */
  const show = (channel) => {
    const others = (items.value ?? []).filter((one) => one.id !== channel.id);
    items.value = [...others, channel].sort((a, b) => a.name.localeCompare(b.name));
  };
  const chosen = items.value?.find((one) => one.id === id);
  return html`<div class="channels">
    <${TopBar} title=${chosen?.name ?? t("channels.title")} back=${id ? "/channels" : undefined} />
    <main class="form-main" id="main">
      ${error.value
        ? html`<${Failure} error=${error.value} retry=${load} />`
        : !items.value
          ? html`<${Loading} rows=${4} />`
          : !id
            ? html`<${All} items=${items.value} show=${show} />`
            : chosen
              ? html`<${One} key=${id} channel=${chosen} show=${show} reload=${load} />`
              : html`<p class="panel">${t("channels.none")}</p>`}
    </main>
  </div>`;
}

/** What is to be known of a channel at a glance. @param {Channel} channel */
function about({ code, active, sandbox, keys }) {
  return [code, t(active ? "channels.active" : "channels.suspended"), sandbox && t("channels.sandbox"), t("channels.keys", { n: keys })].filter(Boolean).join(" · ");
}

/** @param {{items: Channel[], show: (channel: Channel) => void}} props */
function All({ items, show }) {
  const inputs = [
    { name: "code", type: "line", most: 40 },
    { name: "name", type: "line", most: 80 },
    { name: "geotagged", type: "check" },
    { name: "sandbox", type: "check" },
  ];
  return html`<ul class="entries">
      ${items.map(
        (one) => html`<li key=${one.id} data-off=${!one.active}>
          <a href=${`/channels/${one.id}`}><span><strong>${one.name}</strong><span class="quiet">${about(one)}</span></span><${Icon} name="forward" /></a>
        </li>`,
      )}
    </ul>
    <${Form} title=${t("channels.add")} inputs=${inputs} send=${async (/** @type {any} */ values) => show(await channelAdd(values))} />`;
}
