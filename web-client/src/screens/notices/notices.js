// @ts-check
// What the reader has to hear of, newest first. Being here is having seen it.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError, noticeList } from "../../api.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelLine } from "../../components/label-banner/label-banner.js";
import { Empty, Failure, Loading } from "../../components/state/state.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { noticeSee } from "../../desk/work-api.js";
import { html } from "../../html.js";
import { eventLook, EVENTS } from "../../labels.js";
import { unseen } from "../../notices.js";
import { language, t } from "../../t.js";
import { age, dateTime } from "../../time.js";

/** @typedef {import("../../types.js").Notice} Notice */

function useNotices() {
  const items = useSignal(/** @type {Notice[]|null} */ (null));
  const cursor = useSignal(/** @type {string|null} */ (null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  /** @param {string|null} from */
  const load = async (from) => {
    error.value = null;
    try {
      const page = await noticeList(from ?? undefined);
      items.value = from ? [...(items.value ?? []), ...page.items] : page.items;
      cursor.value = page.next_cursor;
      const newest = page.items[0];
      if (!from && newest?.new) {
        await noticeSee(newest.at);
      }
      unseen.value = 0;
    } catch (cause) {
      error.value = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
    }
  };
  useEffect(() => {
    load(null);
  }, [language.value]);
  return { items: items.value, cursor: cursor.value, error: error.value, load };
}

export function Screen() {
  const { items, cursor, error, load } = useNotices();
  return html`<div class="notices">
    <${TopBar} title=${t("notice.title")}>
      <button type="button" class="button-icon" onClick=${() => load(null)}>
        <${Icon} name="refresh" /><span class="unseen">${t("inbox.reload")}</span>
      </button>
    <//>
    <main class="form-main" id="main">
      ${error && !items && html`<${Failure} error=${error} retry=${() => load(null)} />`}
      ${!error && !items && html`<${Loading} rows=${3} />`}
      ${items && !items.length && html`<${Empty} icon="bell" title=${t("notice.empty.title")} text=${t("notice.empty.text")} />`}
      ${items && items.length > 0 &&
      html`<ul class="cards notice-list">${items.map((notice) => html`<${Row} key=${notice.id} notice=${notice} />`)}</ul>
        ${cursor
          ? html`<button type="button" class="button more" data-kind="second" onClick=${() => load(cursor)}>${t("inbox.more")}</button>`
          : html`<p class="inbox-end">${t("inbox.end")}</p>`}`}
    </main>
  </div>`;
}

/** @param {{notice: Notice}} props */
function Row({ notice }) {
  const { tone, icon } = eventLook(notice.type);
  const name = EVENTS.includes(notice.type) ? t(`event.${notice.type}`) : t("event.unknown");
  return html`<li class="card" data-tone=${tone} data-new=${notice.new}>
    <div class="card-head">
      <${StatusTag} status=${notice.report.status} />
      ${notice.new && html`<span class="count notice-new">${t("notice.new")}</span>`}
    </div>
    <h2><a href=${`/reports/${notice.report.id}`} data-row=${notice.report.id}><${Icon} name=${icon} />${name}</a></h2>
    <p class="card-meta"><span class="ticket">${notice.report.ticket}</span> · <time datetime=${notice.at}>${age(notice.at)} · ${dateTime(notice.at)}</time></p>
    <${LabelLine} label=${notice.confidentiality} />
  </li>`;
}
