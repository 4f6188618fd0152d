// @ts-check
// The page at /docs wears the theme that was chosen in the client, or the
// system's, and shows its contents where there is room beside the text; it
// works without this too.
// SPDX-License-Identifier: ISC
(function docs() {
  const kept = localStorage.getItem("crm.theme") ?? "";
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = ["light", "dark", "sunlight"].includes(kept) ? kept : system;
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector("nav details")?.toggleAttribute("open", matchMedia("(min-width: 60rem)").matches);
  });
})();
