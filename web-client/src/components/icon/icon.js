// @ts-check
// Line icons of one family, 24 units square, drawn in the text's colour.
// Usage: <${Icon} name="lock" />. Always beside words, so hidden from readers.
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";

/** @type {Record<string, string>} */
const PATHS = {
  back: "M15 5l-7 7 7 7",
  ban: "M12 3a9 9 0 100 18 9 9 0 000-18zM5.8 5.8l12.4 12.4",
  bell: "M6 16v-5a6 6 0 0112 0v5l1.500 2h-15zM10 20.500a2 2 0 004 0",
  branch: "M6 4v10a3 3 0 003 3h9M14 13l4 4-4 4M6 9h9",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.5 3.5 0 100 7 3.5 3.5 0 000-7z",
  chart: "M4 20h16M7 17v-5M12 17V6M17 17V9",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2",
  close: "M6 6l12 12M18 6L6 18",
  device: "M7 3h10v18H7zM11 18h2",
  down: "M6 9l6 6 6-6",
  eye: "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12zM12 9a3 3 0 100 6 3 3 0 000-6z",
  "eye-off": "M4 4l16 16M9.5 5.9A9.8 9.8 0 0112 5.5c6.4 0 10 6.5 10 6.5a17 17 0 01-3 3.7M6.3 7.9A16 16 0 002 12s3.6 6.5 10 6.5c1.7 0 3.2-.4 4.5-1",
  filter: "M4 6h16M7 12h10M10 18h4",
  forward: "M9 5l7 7-7 7",
  globe: "M12 3a9 9 0 100 18 9 9 0 000-18zM3 12h18M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18",
  hand: "M8 12V6a1.5 1.5 0 013 0v5M11 11V4.5a1.5 1.5 0 013 0V11M14 11V6a1.5 1.5 0 013 0v8c0 4-2.5 7-6.5 7-3 0-4.5-1.5-6-4.5L3 13.5c1-1 2.5-.8 3.5.5L8 15.5",
  inbox: "M4 13l2.5-8h11L20 13v6H4zM4 13h4.5l1.5 3h4l1.5-3H20",
  info: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v6M12 7.5v.1",
  lock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 017 0V11M12 14.5v2",
  megaphone: "M4 10v4h3l9 4.5v-13L7 10zM8 14l1.5 5M19 9.5a4 4 0 010 5",
  menu: "M4 7h16M4 12h16M4 17h16",
  merge: "M6 4v5c0 4 6 3 6 8v3M18 4v5c0 4-6 3-6 8",
  minus: "M5 12h14",
  moon: "M19 14.5A8 8 0 019.5 5 8 8 0 1019 14.5z",
  more: "M5 10.500a1.500 1.500 0 100 3 1.500 1.500 0 000-3zM12 10.500a1.500 1.500 0 100 3 1.500 1.500 0 000-3zM19 10.500a1.500 1.500 0 100 3 1.500 1.500 0 000-3z",
  navigate: "M12 3l7 17-7-4-7 4z",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5M8 9h8M8 13h4",
  offline: "M4 4l16 16M8 8.5A6 6 0 006.5 19H17M10.5 6.5A6 6 0 0118 11a4.5 4.5 0 012.5 6.5",
  pause: "M8 5v14M16 5v14",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 8.5v.1",
  pin: "M12 21s-7-6.5-7-11.5a7 7 0 0114 0C19 14.5 12 21 12 21zM12 7a2.5 2.5 0 100 5 2.5 2.5 0 000-5z",
  plus: "M12 5v14M5 12h14",
  question: "M12 3a9 9 0 100 18 9 9 0 000-18zM9.500 9.500a2.500 2.500 0 113.500 2.300c-.7.300-1 .800-1 1.700M12 17v.1",
  redo: "M5 8h9a5 5 0 010 10H8M5 8l4-4M5 8l4 4",
  refresh: "M20 11.5a8 8 0 10-2.4 6M20 5v6.5h-6.5",
  reply: "M4 5h16v11h-9l-5 4v-4H4z",
  search: "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20",
  send: "M4 12l16-8-5 16-3.5-6.5zM11.5 13.5L20 4",
  shield: "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
  "sign-out": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  sort: "M7 5v14M4 16l3 3 3-3M13 7h7M13 12h5M13 17h3",
  star: "M12 3.500l2.600 5.600 6 .7-4.500 4.100 1.200 6-5.300-3-5.300 3 1.200-6L3.400 9.800l6-.7z",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.300 5.300L7 7M17 17l1.700 1.700M18.700 5.300L17 7M7 17l-1.700 1.700",
  sunlight: "M12 7a5 5 0 100 10 5 5 0 000-10zM12 7v10M12 1.5v3M12 19.5v3M1.5 12h3M19.5 12h3",
  swap: "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  undo: "M8 6L4 10l4 4M4 10h10a5 5 0 010 10h-3",
  user: "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c.5-4 3.5-6 7.5-6s7 2 7.5 6",
  warning: "M12 4l9 16H3zM12 10v5M12 17.5v.1",
  wrench: "M14.5 6a4 4 0 015-1.5L17 7l.5 2 2 .5L22 7a4 4 0 01-5.5 5L8 20.5a2 2 0 01-3-3L13.5 9a4 4 0 011-3z",
  zoom: "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20M10.5 8v5M8 10.5h5",
};

export const ICONS = Object.keys(PATHS);

/** @param {{name: string}} props */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${PATHS[name]} />
  </svg>`;
}
