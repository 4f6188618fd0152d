// @ts-check
// Starts the client and decides which screen stands in the frame.
// SPDX-License-Identifier: ISC
import { effect, signal } from "@preact/signals";
import { render } from "preact";

import { Icon } from "./components/icon/icon.js";
import { NetworkBar } from "./components/network-bar/network-bar.js";
import { Empty } from "./components/state/state.js";
import { say, Toast } from "./components/toast/toast.js";
import { TopBar } from "./components/top-bar/top-bar.js";
import { html } from "./html.js";
import { startNetwork } from "./network.js";
import { hasNotices, startNotices, unseen } from "./notices.js";
import { entries, startOutbox } from "./outbox.js";
import { go, place, startRouter } from "./router.js";
import { check, hasMark, hasRanking, phase, session, startSession } from "./session.js";
import { savedLanguage, setLanguage, t, tn } from "./t.js";
import { startTheme } from "./theme.js";
import { startClock } from "./time.js";
import { registerServiceWorker } from "./trusted.js";
import { isWide } from "./wide.js";

/** @type {Record<string, () => Promise<{Screen: () => any}>>} */
const LOADERS = {
  "sign-in": () => import("./screens/sign-in/sign-in.js"),
  inbox: () => import("./screens/inbox/inbox.js"),
  report: () => import("./screens/report/report.js"),
  "follow-up": () => import("./screens/follow-up/follow-up.js"),
  validate: () => import("./screens/validate/validate.js"),
  day: () => import("./screens/day/day.js"),
  team: () => import("./screens/team/team.js"),
  ranking: () => import("./screens/ranking/ranking.js"),
  notices: () => import("./screens/notices/notices.js"),
  triage: () => import("./screens/triage/triage.js"),
  counter: () => import("./screens/counter/counter.js"),
  lists: () => import("./screens/lists/lists.js"),
  channels: () => import("./screens/channels/channels.js"),
  outbox: () => import("./screens/outbox/outbox.js"),
  menu: () => import("./screens/menu/menu.js"),
};

/** @type {import("@preact/signals").Signal<Record<string, (() => any)|null>>} */
const screens = signal({});

/** The new version that waits to take over. @type {import("@preact/signals").Signal<ServiceWorker|null>} */
const update = signal(null);

/** @param {string} name */
async function loadScreen(name) {
  if (LOADERS[name] && !screens.value[name]) {
    try {
      const { Screen } = await LOADERS[name]();
      screens.value = { ...screens.value, [name]: Screen };
    } catch {
      screens.value = { ...screens.value, [name]: Unloaded };
    }
  }
}

function wanted() {
  return phase.value === "in" ? place.value.name : "sign-in";
}

function App() {
  if (phase.value === "away") {
    return html`<${Away} />`;
  }
  if (phase.value === "checking") {
    return html`<${Waiting} />`;
  }
  const name = wanted();
  const Screen = name === "missing" ? Missing : screens.value[name];
  if (!Screen) {
    loadScreen(name);
  }
  const isIn = phase.value === "in";
  return html`<div class="frame" data-screen=${name}>
    <a class="skip" href="#main">${t("app.skip")}</a>
    ${isIn && html`<${Nav} at=${name} />`}
    <div class="frame-content">
      <${NetworkBar} />
      ${update.value && html`<${Update} />`}
      ${Screen ? html`<${Screen} />` : html`<${Waiting} />`}
    </div>
    <${Toast} />
  </div>`;
}

function Waiting() {
  return html`<div class="frame-wait" role="status"><span class="unseen">${t("state.loading")}</span></div>`;
}

/** @param {{at: string}} props */
function Nav({ at }) {
  const isDeep = at === "report" || at === "follow-up" || at === "validate";
  if ((isDeep || (at === "triage" && place.value.params.id)) && !isWide.value) {
    return null;
  }
  const who = session.value;
  const isAdmin = who?.role === "admin";
  const isTriage = who?.role === "triage";
  // A phone has room for five; the menu leads to the outbox as well.
  const hasOutbox = !isAdmin && (isWide.value || !isTriage);
  return html`<nav class="nav" aria-label=${t("nav.title")}>
    <p class="nav-brand">CRM <span>${t("app.city")}</span></p>
    <ul>
      ${isTriage &&
      html`<${NavLink} to="/triage" icon="filter" text=${t("triage.title")} isOn=${at === "triage"} />
        <${NavLink} to="/counter" icon="reply" text=${t("counter.title")} isOn=${at === "counter"} />`}
      ${isAdmin
        ? html`<${NavLink} to="/lists" icon="note" text=${t("lists.title")} isOn=${at === "lists"} />
            <${NavLink} to="/channels" icon="branch" text=${t("channels.title")} isOn=${at === "channels"} />`
        : html`<${NavLink} to="/" icon="inbox" text=${t(isWide.value ? "inbox.title" : "nav.inbox")} isOn=${at === "inbox" || isDeep} />`}
      ${who?.role === "officer" && html`<${NavLink} to="/day" icon="calendar" text=${t("day.title")} isOn=${at === "day"} />`}
      ${hasNotices() && html`<${NavLink} to="/notices" icon="bell" text=${t("notice.title")} isOn=${at === "notices"} count=${unseen.value} />`}
      ${who?.role === "supervisor" && html`<${NavLink} to="/team" icon="user" text=${t("team.title")} isOn=${at === "team"} />`}
      ${hasRanking() && isWide.value && html`<${NavLink} to="/ranking" icon="chart" text=${t("ranking.title")} isOn=${at === "ranking"} />`}
      ${hasOutbox && html`<${NavLink} to="/outbox" icon="send" text=${t("outbox.title")} isOn=${at === "outbox"} count=${entries.value.length} />`}
      <${NavLink} to="/menu" icon="menu" text=${t("menu.title")} isOn=${at === "menu"} />
    </ul>
    <p class="nav-who"><strong>${who?.name}</strong><span>${who?.unit?.name ?? t(`role.${who?.role}`)}</span></p>
  </nav>`;
}

/** @param {{to: string, icon: string, text: string, isOn: boolean, count?: number}} props */
function NavLink({ to, icon, text, isOn, count = 0 }) {
  return html`<li>
    <a href=${to} aria-current=${isOn ? "page" : undefined}>
      <${Icon} name=${icon} /><span>${text}</span>${count > 0 && html`<span class="count">${count}</span>`}
    </a>
  </li>`;
}

function Missing() {
  return html`<div>
    <${TopBar} title=${t("missing.title")} back="/" />
    <main id="main"><${Empty}
      icon="search"
      title=${t("missing.title")}
      text=${t("missing.text")}
    ><a class="button" href="/">${t("missing.go")}</a><//></main>
  </div>`;
}

function Unloaded() {
  return html`<main id="main"><${Empty} icon="offline" title=${t("failure.offline.title")} text=${t("unloaded.text")}>
    <button type="button" class="button" onClick=${() => location.reload()}>${t("action.retry")}</button>
  <//></main>`;
}

/** Started without a network: nothing of a report is on this device. */
function Away() {
  return html`<div class="frame" data-screen="away">
    <div class="frame-content">
      <${NetworkBar} />
      <${TopBar} title="CRM" />
      <main id="main">
        <${Empty} icon="offline" title=${t("away.title")} text=${t("away.text")}>
          <button type="button" class="button" onClick=${check}>${t("action.retry")}</button>
        <//>
      </main>
    </div>
  </div>`;
}

function Update() {
  const reload = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    update.value?.postMessage("take over");
  };
  return html`<div class="update" role="status">
    <p>${t("update.text")}</p>
    <button type="button" class="button" data-kind="second" onClick=${reload}>${t("update.do")}</button>
  </div>`;
}

async function startUpdates() {
  if (!("serviceWorker" in navigator)) {
    return;
  }
  const registration = await registerServiceWorker();
  const offer = () => {
    const next = registration.waiting;
    update.value = next && navigator.serviceWorker.controller ? next : null;
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  offer();
}

/** Where a role's day starts, when its visit starts at the root. @type {Record<string, string>} */
const HOMES = { triage: "/triage", admin: "/lists" };

function goHome() {
  const home = HOMES[session.value?.role ?? ""];
  if (phase.value === "in" && home && location.pathname === "/" && !location.search) {
    go(home, { replace: true });
  }
}

async function start() {
  startRouter();
  startTheme();
  startClock();
  const language = setLanguage(savedLanguage()).catch(() => setLanguage("id"));
  loadScreen(hasMark() ? place.value.name : "sign-in");
  await Promise.all([startSession(), language]);
  startNotices();
  effect(goHome);
  const { networkBack } = startOutbox((count) => say(tn("outbox.sent", count)));
  startNetwork(() => {
    if (phase.value === "away") {
      check();
    }
    networkBack();
  });
  await loadScreen(wanted());
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  root.textContent = "";
  render(html`<${App} />`, root);
  startUpdates().catch(() => {});
}

start();
