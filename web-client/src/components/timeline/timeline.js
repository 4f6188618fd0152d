// @ts-check
// What happened to a report, newest first. Words for the reporter and words
// for the office look different and say which they are.
// Usage: <${Timeline} events=${items} label=${label} />
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { eventLook, EVENTS } from "../../labels.js";
import { t } from "../../t.js";
import { age, dateTime } from "../../time.js";
import { Icon } from "../icon/icon.js";
import { PhotoStrip } from "../photo-strip/photo-strip.js";
import { statusName } from "../status-tag/status-tag.js";

/** @typedef {import("../../types.js").Event} Event */

/** @param {Event} event */
export function eventName(event) {
  return EVENTS.includes(event.type) ? t(`event.${event.type}`) : t("event.unknown");
}

/** Who did it, as far as this reader may know. @param {Event} event */
export function eventDoer(event) {
  const unit = event.by?.unit?.name ?? event.by?.unit;
  return [event.by?.name, unit].filter(Boolean).join(" · ");
}

/** @param {{audience: "reporter"|"office", text: string, title?: string}} props */
function Words({ audience, text, title }) {
  const icon = audience === "reporter" ? "eye" : "lock";
  return html`<div class="words" data-audience=${audience}>
    <p class="words-head"><${Icon} name=${icon} />${title ? `${title} · ` : ""}${t(`audience.${audience}`)}</p>
    <p class="words-text">${text}</p>
  </div>`;
}

/** @param {Event} event */
function proofFacts(event) {
  const facts = [];
  if (event.captured_at) {
    facts.push(t("proof.captured", { at: dateTime(event.captured_at) }));
  }
  if (event.location?.distance_m !== undefined && event.location.distance_m !== null) {
    facts.push(t("proof.distance", { n: Math.round(event.location.distance_m) }));
  }
  return facts;
}

/** @param {{event: Event, label: import("../../types.js").Label}} props */
function Step({ event, label }) {
  const { tone, icon } = eventLook(event.type);
  const facts = proofFacts(event);
  const photos = event.photos?.items ?? [];
  const moved = event.from && event.to && event.from !== event.to;
  return html`<li class="step" data-tone=${tone}>
    <span class="step-mark"><${Icon} name=${icon} /></span>
    <div class="step-body">
      <h3>${eventName(event)}</h3>
      <p class="step-when">
        <time datetime=${event.at}>${age(event.at)} · ${dateTime(event.at)}</time>
      </p>
      ${eventDoer(event) && html`<p class="step-who">${eventDoer(event)}</p>`}
      ${moved &&
      html`<p class="step-move">${t("timeline.moved", { from: statusName(event.from ?? ""), to: statusName(event.to ?? "") })}</p>`}
      ${event.text && html`<${Words} audience="reporter" text=${event.text} />`}
      ${event.reason && html`<${Words} audience="office" title=${t("timeline.reason")} text=${event.reason} />`}
      ${event.note && html`<${Words} audience="office" text=${event.note} />`}
      ${photos.length > 0 && html`<${PhotoStrip} photos=${photos} label=${label} name="proof" />`}
      ${facts.length > 0 && html`<p class="step-facts"><${Icon} name="pin" />${facts.join(" · ")}</p>`}
    </div>
  </li>`;
}

/** @param {{events: Event[], label: import("../../types.js").Label}} props */
export function Timeline({ events, label }) {
  return html`<ol class="timeline">
    ${events.map((event) => html`<${Step} key=${event.id} event=${event} label=${label} />`)}
  </ol>`;
}
