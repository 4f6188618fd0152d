// @ts-check
// Theme, language, who am I, sign out, help and version.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { Dialog } from "../../components/dialog/dialog.js";
import { Icon } from "../../components/icon/icon.js";
import { LanguageSwitch } from "../../components/language-switch/language-switch.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { html } from "../../html.js";
import { countDrafts, destroy, entries, sendAll } from "../../outbox.js";
import { hasRanking, session, signOut } from "../../session.js";
import { t, tn } from "../../t.js";
import { setTheme, theme, THEMES } from "../../theme.js";
import { isWide } from "../../wide.js";

/** @type {Record<string, string>} */
const THEME_ICON = { light: "sun", dark: "moon", sunlight: "sunlight", system: "device" };

export function Screen() {
  const who = session.value;
  return html`<div class="menu">
    <${TopBar} title=${t("menu.title")} />
    <main class="form-main" id="main">
      <section class="panel who">
        <${Icon} name="user" />
        <p><strong>${who?.name}</strong><span>${[t(`role.${who?.role}`), who?.unit?.name].filter(Boolean).join(" · ")}</span></p>
      </section>
      <${Themes} />
      <section class="panel">
        <h2 class="section-title">${t("menu.language")}</h2>
        <${LanguageSwitch} />
      </section>
      ${isWide.value && html`<${Keys} />`}
      <section class="panel menu-links">
        ${hasRanking() && html`<a href="/ranking"><${Icon} name="chart" />${t("ranking.title")}</a>`}
        <a href="/outbox"><${Icon} name="send" />${t("outbox.title")}${entries.value.length > 0 && html`<span class="count">${entries.value.length}</span>`}</a>
        <${SignOut} />
      </section>
      <p class="quiet">${t("menu.help")}</p>
      <p class="quiet">${t("menu.version", { version: __VERSION__ })}</p>
    </main>
  </div>`;
}

function Themes() {
  return html`<fieldset class="panel themes">
    <legend class="section-title">${t("menu.theme")}</legend>
    ${THEMES.map(
      (name) => html`<label class="theme" key=${name}>
        <input type="radio" name="theme" checked=${theme.value === name} onChange=${() => setTheme(name)} />
        <span><${Icon} name=${THEME_ICON[name]} />${t(`theme.${name}`)}</span>
      </label>`,
    )}
  </fieldset>`;
}

/** Single-key shortcuts get in the way of speech input, so they can go. */
function Keys() {
  const isOn = useSignal(localStorage.getItem("crm.keys") !== "off");
  /** @param {any} event */
  const change = (event) => {
    isOn.value = event.target.checked;
    localStorage.setItem("crm.keys", isOn.value ? "on" : "off");
  };
  return html`<section class="panel">
    <label class="check"><input type="checkbox" checked=${isOn.value} onChange=${change} /><span>${t("menu.keys")}</span></label>
  </section>`;
}

function SignOut() {
  const waiting = useSignal(-1);
  const isBusy = useSignal(false);
  const ask = async () => {
    const count = entries.value.length + (await countDrafts().catch(() => 0));
    if (count) {
      waiting.value = count;
    } else {
      await leave();
    }
  };
  const leave = async () => {
    isBusy.value = true;
    await destroy().catch(() => {});
    await signOut();
  };
  const sendFirst = async () => {
    isBusy.value = true;
    await sendAll(true);
    isBusy.value = false;
    waiting.value = -1;
    await ask();
  };
  return html`<button type="button" disabled=${isBusy.value} onClick=${ask}><${Icon} name="sign-out" />${t("menu.signout")}</button>
    ${waiting.value > 0 &&
    html`<${Dialog} title=${t("signout.title")} close=${() => (waiting.value = -1)}>
      <p>${tn("signout.text", waiting.value)}</p>
      <div class="dialog-foot">
        <button type="button" class="button" disabled=${isBusy.value} onClick=${sendFirst}>${t("signout.send")}</button>
        <button
          type="button"
          class="button"
          data-kind="danger"
          disabled=${isBusy.value}
          onClick=${leave}
        >${tn("signout.drop", waiting.value)}</button>
        <button
          type="button"
          class="button"
          data-kind="second"
          onClick=${() => (waiting.value = -1)}
        >${t("action.cancel")}</button>
      </div>
    <//>`}`;
}
