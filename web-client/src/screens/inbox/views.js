// @ts-check
// Saved views of the list, as chips over it. They belong to the account.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { Icon } from "../../components/icon/icon.js";
import { useLate } from "../../desk/late.js";
import { viewList } from "../../desk/work-api.js";
import { filterPath } from "../../filter.js";
import { html } from "../../html.js";
import { session } from "../../session.js";
import { t } from "../../t.js";
import { isWide } from "../../wide.js";

/** @typedef {import("../../filter.js").Filter} Filter */

/** What is known, and of whom. */
const views = signal({ who: "", items: /** @type {import("../../desk/work-api.js").View[]} */ ([]) });

/** @param {Filter} filter */
function queryOf(filter) {
  return filterPath({ ...filter, q: "" }).replace(/^\/\??/, "");
}

/** Asked for after the list, once a visit. @param {{filter: Filter, isReady: boolean}} props */
export function Views({ filter, isReady }) {
  const who = session.value?.username ?? "";
  useEffect(() => {
    if (isReady && views.value.who !== who) {
      viewList().then((items) => (views.value = { who, items }), () => {});
    }
  }, [isReady, who]);
  const items = views.value.who === who ? views.value.items : [];
  if (!items.length) {
    return null;
  }
  const now = queryOf(filter);
  return html`<ul class="chips views" aria-label=${t("view.title")}>
    ${items.map((view) => html`<li key=${view.id}>
      <a class="chip" href=${view.query ? `/?${view.query}` : "/"} aria-current=${view.query === now ? "true" : undefined}>
        <${Icon} name="star" />${view.name}
      </a>
    </li>`)}
  </ul>`;
}

/** @param {{open: () => void}} props */
export function ViewButton({ open }) {
  return html`<button type="button" class=${isWide.value ? "tool" : "button-icon"} data-tool="view" aria-haspopup="dialog" onClick=${open}>
    <${Icon} name="star" /><span class=${isWide.value ? undefined : "unseen"}>${t("view.title")}</span>
  </button>`;
}

/** @param {{filter: Filter, isOpen: import("@preact/signals").Signal<boolean>}} props */
export function ManageViews({ filter, isOpen }) {
  const Sheet = useLate(isOpen.value, () => import("../../components/view-sheet/view-sheet.js").then((module) => module.ViewSheet));
  const who = session.value?.username ?? "";
  if (!Sheet) {
    return null;
  }
  return html`<${Sheet}
    query=${queryOf(filter)}
    items=${views.value.who === who ? views.value.items : []}
    change=${(/** @type {any[]} */ items) => (views.value = { who, items })}
    close=${() => (isOpen.value = false)}
  />`;
}
