// @ts-check
// Name, password and code in one form. Wrong is one neutral sentence, so
// that nobody learns which names exist.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";

import { ApiError } from "../../api.js";
import { ErrorSummary } from "../../components/error-summary/error-summary.js";
import { about, Field } from "../../components/field/field.js";
import { Icon } from "../../components/icon/icon.js";
import { LanguageSwitch } from "../../components/language-switch/language-switch.js";
import { failureText } from "../../components/state/state.js";
import { html } from "../../html.js";
import { lastName, phase, signIn } from "../../session.js";
import { t, tn } from "../../t.js";

/** @param {ApiError} error @param {number} left */
function wording(error, left) {
  if (error.status === 429) {
    return left > 0 ? tn("signin.throttled", left) : "";
  }
  if (error.status === 401) {
    return error.detail === "totp" ? t("signin.totp.wrong") : t("signin.wrong");
  }
  if (error.status === 422 || error.status === 400) {
    return t("signin.wrong");
  }
  return `${failureText(error).title}. ${failureText(error).text}`;
}

/** @param {string} name */
function value(name) {
  return /** @type {HTMLInputElement} */ (document.getElementById(name)).value.trim();
}

/** The form's state and what its button does. */
function useSignIn() {
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const empty = useSignal(/** @type {string[]} */ ([]));
  const isBusy = useSignal(false);
  const left = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => {
      left.value = Math.max(0, left.value - 1);
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const missing = ["username", "password"].filter((name) => !value(name));
    empty.value = missing;
    error.value = null;
    if (missing.length || isBusy.value) {
      return;
    }
    isBusy.value = true;
    try {
      const password = /** @type {HTMLInputElement} */ (document.getElementById("password"));
      await signIn(value("username"), password.value, value("totp").replace(/\s/g, ""));
    } catch (cause) {
      failed(cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 }));
    }
    isBusy.value = false;
  };
  /** @param {ApiError} cause */
  const failed = (cause) => {
    error.value = cause;
    left.value = cause.status === 429 ? cause.retry || 1 : 0;
    if (cause.detail !== "totp") {
      /** @type {HTMLInputElement} */ (document.getElementById("password")).value = "";
    }
  };
  return { error, empty, isBusy, left, submit };
}

/**
 * One array per failure, so that the countdown does not take the focus.
 * @param {ReturnType<typeof useSignIn>} form @param {string} text
 */
function useErrors({ error, empty }, text) {
  const faults = empty.value.map((name) => ({ field: name, text: t(`signin.${name}.empty`) }));
  const field = error.value?.detail === "totp" ? "totp" : undefined;
  const shown = text ? [{ field, text }] : faults;
  return useMemo(() => shown, [error.value, empty.value, text.replace(/\d+/g, "")]);
}

export function Screen() {
  const form = useSignIn();
  const { error, empty, isBusy, left } = form;
  const text = error.value ? wording(error.value, left.value) : "";
  const errors = useErrors(form, text);
  useEffect(() => {
    document.title = `${t("signin.title")} – CRM`;
  });
  return html`<div class="sign-in">
    <${Welcome} />
    <main class="sign-in-main" id="main">
      <h1 tabindex="-1">${t("signin.title")}</h1>
      <${Why} />
      <${ErrorSummary} errors=${errors} />
      <form onSubmit=${form.submit} noValidate>
        <${Name} isEmpty=${empty.value.includes("username")} />
        <${Password} isEmpty=${empty.value.includes("password")} />
        <${Code} fault=${error.value?.detail === "totp" ? text : ""} />
        <button type="submit" class="button" disabled=${isBusy.value || left.value > 0}>
          ${left.value > 0 ? tn("signin.wait", left.value) : t(isBusy.value ? "signin.busy" : "signin.do")}
        </button>
      </form>
      <${LanguageSwitch} />
    </main>
  </div>`;
}

/** What this is, and the rules of use. */
function Welcome() {
  return html`<header class="sign-in-side teeth">
    <p class="sign-in-brand">CRM <span>${t("app.city")}</span></p>
    <p class="sign-in-promise">${t("signin.promise")}</p>
    <ul class="sign-in-rules">
      <li><${Icon} name="lock" />${t("signin.rule.share")}</li>
      <li><${Icon} name="camera" />${t("signin.rule.screenshot")}</li>
      <li><${Icon} name="eye" />${t("signin.rule.logged")}</li>
    </ul>
  </header>`;
}

/** @param {{isEmpty: boolean}} props */
function Name({ isEmpty }) {
  return html`<${Field} id="username" label=${t("signin.username")} error=${isEmpty && t("signin.username.empty")}>
    <input
      ...${about("username", false, isEmpty)}
      type="text"
      autocomplete="username"
      autocapitalize="none"
      spellcheck="false"
      defaultValue=${lastName.value}
    />
  <//>`;
}

/** @param {{isEmpty: boolean}} props */
function Password({ isEmpty }) {
  const isShown = useSignal(false);
  const words = isShown.value ? "signin.password.hide" : "signin.password.show";
  return html`<${Field} id="password" label=${t("signin.password")} error=${isEmpty && t("signin.password.empty")}>
    <div class="with-button">
      <input
        ...${about("password", false, isEmpty)}
        type=${isShown.value ? "text" : "password"}
        autocomplete="current-password"
      />
      <button
        type="button"
        class="button-icon"
        aria-pressed=${isShown.value}
        onClick=${() => (isShown.value = !isShown.value)}
      >
        <${Icon} name=${isShown.value ? "eye-off" : "eye"} /><span class="unseen">${t(words)}</span>
      </button>
    </div>
  <//>`;
}

/** @param {{fault: string}} props */
function Code({ fault }) {
  return html`<${Field} id="totp" label=${t("signin.totp")} hint=${t("signin.totp.hint")} error=${fault}>
    <input
      ...${about("totp", true, fault)}
      type="text"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength="8"
      class="input-code"
    />
  <//>`;
}

/** Why the form stands here although the officer had signed in. */
function Why() {
  if (phase.value !== "expired" && phase.value !== "locked") {
    return null;
  }
  return html`<div class="notice" role="status">
    <${Icon} name="lock" />
    <div><p>${t(`signin.why.${phase.value}`)}</p></div>
  </div>`;
}
