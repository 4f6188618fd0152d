// Runs before the first paint: theme and language as last chosen. It only
// touches attributes, so that nothing moves when the client starts.
// SPDX-License-Identifier: ISC
(function boot() {
  var root = document.documentElement;
  var theme = localStorage.getItem("crm.theme");
  if (theme !== "light" && theme !== "dark" && theme !== "sunlight") {
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.dataset.theme = theme;
  root.lang = localStorage.getItem("crm.lang") === "en" ? "en" : "id";
})();
