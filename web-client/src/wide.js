// @ts-check
// Whether there is room for the desktop layout. Everything that CSS can
// decide alone is left to it; this is for layouts with other elements.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

const query = matchMedia("(min-width: 64rem)");

export const isWide = signal(query.matches);

query.addEventListener("change", () => {
  isWide.value = query.matches;
});
