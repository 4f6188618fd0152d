// @ts-check
// Indonesian or English, each in its own words.
// Usage: <${LanguageSwitch} />
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { language, saveLanguage, setLanguage, t } from "../../t.js";
import { Icon } from "../icon/icon.js";

/** @typedef {import("../../t.js").Language} Language */

/** @type {Language[]} */
const LANGUAGES = ["id", "en"];

/** @param {Language} next */
function choose(next) {
  setLanguage(next).then(() => saveLanguage(next), () => {});
}

export function LanguageSwitch() {
  return html`<div class="segments language-switch" role="group" aria-label=${t("menu.language")}>
    <${Icon} name="globe" />
    ${LANGUAGES.map(
      (one) => html`<button
        type="button"
        key=${one}
        lang=${one}
        aria-pressed=${language.value === one}
        onClick=${() => choose(one)}
      >
        ${t(`language.${one}`)}
      </button>`,
    )}
  </div>`;
}
