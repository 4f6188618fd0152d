// @ts-check
// Stands in place of a private report that was out of sight for long, until
// the officer asks for it again.
// Usage: isCovered(report) ? html`<${Cover} />` : …
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { uncover } from "../../session.js";
import { t } from "../../t.js";
import { Empty } from "../state/state.js";

export function Cover() {
  return html`<${Empty} icon="lock" title=${t("cover.title")} text=${t("cover.text")}>
    <button type="button" class="button" onClick=${uncover}>${t("cover.show")}</button>
  <//>`;
}
