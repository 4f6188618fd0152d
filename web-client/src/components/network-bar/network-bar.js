// @ts-check
// A thin line about the network and the outbox; never blocks anything.
// Usage: <${NetworkBar} /> once in the frame.
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { network } from "../../network.js";
import { sending, waitingCount } from "../../outbox.js";
import { t, tn } from "../../t.js";
import { Icon } from "../icon/icon.js";

function current() {
  if (sending.value) {
    return { tone: "busy", icon: "send", text: t("network.sending") };
  }
  if (network.value === "offline") {
    return { tone: "off", icon: "offline", text: t("network.offline") };
  }
  if (network.value === "slow") {
    return { tone: "slow", icon: "clock", text: t("network.slow") };
  }
  if (waitingCount.value) {
    return { tone: "busy", icon: "send", text: tn("network.waiting", waitingCount.value) };
  }
  return null;
}

export function NetworkBar() {
  const now = current();
  return html`<div class="network-bar" role="status">
    ${now && html`<p data-tone=${now.tone}><${Icon} name=${now.icon} />${now.text}</p>`}
  </div>`;
}
