// @ts-check
// A modal question or sheet on the browser's own dialog element.
// Usage: <${Dialog} title="…" close=${fn} kind="sheet">…<//>
// kind: question; sheet (a phone's whole screen); drawer (the same, and the
// right edge of a desktop); menu (the lower edge of a phone).
// SPDX-License-Identifier: ISC
import { useEffect, useId, useRef } from "preact/hooks";

import { html } from "../../html.js";
import { t } from "../../t.js";
import { Icon } from "../icon/icon.js";

/** @param {{title: string, close: () => void, kind?: string, children?: any}} props */
export function Dialog({ title, close, kind = "question", children }) {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const heading = useId();
  useEffect(() => {
    const opener = /** @type {HTMLElement|null} */ (document.activeElement);
    box.current?.showModal();
    return () => opener?.focus?.({ preventScroll: true });
  }, []);
  /** @param {Event} event */
  const cancel = (event) => {
    event.preventDefault();
    close();
  };
  return html`<dialog class="dialog" data-kind=${kind} ref=${box} aria-labelledby=${heading} onCancel=${cancel}>
    <div class="dialog-head">
      <h2 id=${heading}>${title}</h2>
      <button type="button" class="button-icon" onClick=${close}>
        <${Icon} name="close" /><span class="unseen">${t("action.close")}</span>
      </button>
    </div>
    ${children}
  </dialog>`;
}
