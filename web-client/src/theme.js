// @ts-check
// Light, dark, sunlight or what the device says. boot.js sets the first one
// before anything is painted; this follows changes.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

export const THEMES = ["light", "dark", "sunlight", "system"];

const dark = matchMedia("(prefers-color-scheme: dark)");

export const theme = signal(localStorage.getItem("crm.theme") ?? "system");

function apply() {
  const system = dark.matches ? "dark" : "light";
  const name = theme.value === "system" ? system : theme.value;
  document.documentElement.dataset.theme = name;
  const meta = document.querySelector("meta[name=theme-color]");
  const colour = getComputedStyle(document.documentElement).getPropertyValue("--header");
  meta?.setAttribute("content", colour.trim());
}

/** @param {string} next */
export function setTheme(next) {
  theme.value = next;
  localStorage.setItem("crm.theme", next);
  apply();
}

export function startTheme() {
  dark.addEventListener("change", apply);
  apply();
}
