// @ts-check
// What happened to a report, newest first. Words for the reporter and words
// for the office look different and say which they are.
// Usage: <${Timeline} events=${items} label=${label} />
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { reasonList } from "../../api.js";
import { eventLook, EVENTS, REPORTERS, SYSTEMS } from "../../labels.js";
import { useReference } from "../../reference.js";
import { t } from "../../t.js";
import { age, dateTime, longDay } from "../../time.js";
import { Icon } from "../icon/icon.js";
import { PhotoStrip } from "../photo-strip/photo-strip.js";
import { statusName } from "../status-tag/status-tag.js";

/** @typedef {import("../../types.js").Event} Event */

/** @param {string} type */
function typeName(type) {
  return EVENTS.includes(type) ? t(`event.${type}`) : t("event.unknown");
}

/** @param {Event} event */
export function eventName(event) {
  return typeName(event.type);
}

/** Who did it, as far as this reader may know. @param {Event} event */
export function eventDoer(event) {
  if (SYSTEMS.includes(event.type)) {
    return t("timeline.system");
  }
  const unit = event.by?.unit?.name ?? event.by?.unit;
  const named = [event.by?.name, unit].filter(Boolean).join(" · ");
  const isReporter = REPORTERS.includes(event.type) && event.type !== "me_too";
  return named || (isReporter ? t("timeline.reporter") : "");
}

/**
 * What the step says beside its words, one line each.
 * @param {Event} event @param {string} [reason] the name of its reason code
 */
function details(event, reason) {
  const lines = [];
  if (event.to_unit) {
    lines.push(t(event.type === "return" ? "timeline.back_to" : "timeline.to", { name: event.to_unit.name }));
  }
  if (event.officer) {
    lines.push(t("timeline.officer", { name: event.officer.name }));
  }
  if (event.until) {
    lines.push(t("timeline.until", { day: longDay(event.until) }));
  }
  if (event.stars) {
    lines.push(t("report.stars.of", { n: event.stars }));
  }
  if (event.step) {
    lines.push(typeName(event.step));
  }
  if (event.reason_code) {
    lines.push(`${t("timeline.reason")}: ${reason ?? event.reason_code}`);
  }
  return lines;
}

/** @param {{audience: "reporter"|"office"|"from", text: string, title?: string}} props */
function Words({ audience, text, title }) {
  const icon = { reporter: "eye", office: "lock", from: "user" }[audience];
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

/** @param {{event: Event, label: import("../../types.js").Label, reason?: string}} props */
function Step({ event, label, reason }) {
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
      ${details(event, reason).map((line) => html`<p class="step-detail">${line}</p>`)}
      ${event.into && html`<p class="step-detail"><a class="ticket" href=${`/reports/${event.into.id}`}>${event.into.ticket}</a></p>`}
      ${event.text && html`<${Words} audience=${REPORTERS.includes(event.type) ? "from" : "reporter"} text=${event.text} />`}
      ${event.reason && html`<${Words} audience="office" title=${t("timeline.reason")} text=${event.reason} />`}
      ${event.note && html`<${Words} audience="office" text=${event.note} />`}
      ${photos.length > 0 && html`<${PhotoStrip} photos=${photos} label=${label} name=${event.type === "note" ? "site" : "proof"} />`}
      ${facts.length > 0 && html`<p class="step-facts"><${Icon} name="pin" />${facts.join(" · ")}</p>`}
    </div>
  </li>`;
}

/** @param {{events: Event[], label: import("../../types.js").Label}} props */
export function Timeline({ events, label }) {
  const { items } = useReference(events.some((event) => event.reason_code) ? "reasons" : "", reasonList);
  const reason = (/** @type {Event} */ event) => items?.find((one) => one.code === event.reason_code)?.name;
  return html`<ol class="timeline">
    ${events.map((event) => html`<${Step} key=${event.id} event=${event} label=${label} reason=${reason(event)} />`)}
  </ol>`;
}
