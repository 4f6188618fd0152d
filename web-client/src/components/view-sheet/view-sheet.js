// @ts-check
// Saving the filters that are on under a name, and forgetting saved ones.
// Words that were searched for are never saved: they may name a person.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { viewAdd, viewDelete } from "../../desk/work-api.js";
import { html } from "../../html.js";
import { t } from "../../t.js";
import { Dialog } from "../dialog/dialog.js";
import { about, Field } from "../field/field.js";
import { Icon } from "../icon/icon.js";
import { failureText } from "../state/state.js";

/** @typedef {import("../../desk/work-api.js").View} View */

const MOST = 30;

/** @param {{query: string, items: View[], change: (items: View[]) => void, close: () => void}} props */
export function ViewSheet({ query, items, change, close }) {
  const name = useSignal("");
  const error = useSignal("");
  const isBusy = useSignal(false);
  /** @param {() => Promise<void>} act */
  const attempt = async (act) => {
    isBusy.value = true;
    error.value = "";
    await act().catch((cause) => (error.value = failureText(cause).title));
    isBusy.value = false;
  };
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    const words = name.value.trim();
    if (!words) {
      error.value = t("view.name.missing");
      return;
    }
    attempt(async () => {
      const view = await viewAdd(words, query);
      const rest = items.filter((one) => one.id !== view.id && one.name !== view.name);
      change([...rest, view].sort((a, b) => a.name.localeCompare(b.name)));
      name.value = "";
    });
  };
  const forget = (/** @type {View} */ view) => attempt(async () => {
    await viewDelete(view.id);
    change(items.filter((one) => one.id !== view.id));
  });
  return html`<${Dialog} title=${t("view.title")} close=${close} kind="drawer">
    <form class="sheet-body" onSubmit=${save} noValidate>
      ${items.length < MOST
        ? html`<${Field} id="view-name" label=${t("view.name")} hint=${t("view.name.hint")} error=${error.value}>
              <input
                ...${about("view-name", true, error.value)}
                maxlength="60"
                autocomplete="off"
                value=${name.value}
                onInput=${(/** @type {any} */ event) => (name.value = event.target.value)}
              />
            <//>
            <button type="submit" class="button" disabled=${isBusy.value}><${Icon} name="star" />${t("view.save")}</button>`
        : html`<p>${t("view.full", { n: MOST })}</p>`}
      ${items.length > 0
        ? html`<ul class="sheet-list">
            ${items.map((view) => html`<li key=${view.id}>
              <a href=${view.query ? `/?${view.query}` : "/"} onClick=${close}>${view.name}</a>
              <button type="button" class="button-icon" disabled=${isBusy.value} onClick=${() => forget(view)}>
                <${Icon} name="trash" /><span class="unseen">${t("view.delete", { name: view.name })}</span>
              </button>
            </li>`)}
          </ul>`
        : html`<p class="quiet">${t("view.none")}</p>`}
    </form>
  <//>`;
}
