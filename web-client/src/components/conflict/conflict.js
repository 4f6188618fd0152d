// @ts-check
// Somebody else changed the report while this officer was writing: says who
// and what, and that the text is still there.
// Usage: <${Conflict} before=${status} report events close />
// SPDX-License-Identifier: ISC
import { useEffect, useRef } from "preact/hooks";

import { Icon } from "../icon/icon.js";
import { statusName } from "../status-tag/status-tag.js";
import { eventDoer, eventName } from "../timeline/timeline.js";
import { html } from "../../html.js";
import { t } from "../../t.js";
import { age } from "../../time.js";

/**
 * @param {{before: string, report: import("../../types.js").Report|null,
 *   events: import("../../types.js").Event[], close: () => void}} props
 * `before` is the status this officer had seen
 */
export function Conflict({ before, report, events, close }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => box.current?.focus(), []);
  const latest = events[0];
  const doer = latest && eventDoer(latest);
  return html`<div class="notice conflict" role="alert" tabindex="-1" ref=${box}>
    <${Icon} name="warning" />
    <div>
      <h2>${t("conflict.title")}</h2>
      ${latest && html`<p>${[eventName(latest), doer, age(latest.at)].filter(Boolean).join(" · ")}</p>`}
      ${report && report.status !== before && html`<p>${t("timeline.moved", { from: statusName(before), to: statusName(report.status) })}</p>`}
      <p>${t("conflict.text")}</p>
      <button type="button" class="button" data-kind="second" onClick=${close}>${t("conflict.seen")}</button>
    </div>
  </div>`;
}
