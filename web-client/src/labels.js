// @ts-check
// The closed lists of the API that the client draws: statuses with their
// colour and icon, events with theirs. Names come from the catalogue; the
// confidentiality label never does, its exact text comes with each answer.
// SPDX-License-Identifier: ISC

/** @type {Record<string, {tone: string, icon: string}>} */
const STATUS = {
  incoming: { tone: "grey", icon: "filter" },
  waiting: { tone: "red", icon: "clock" },
  coordination: { tone: "red", icon: "swap" },
  disposition: { tone: "red", icon: "branch" },
  in_progress: { tone: "yellow", icon: "wrench" },
  scheduled: { tone: "yellow", icon: "calendar" },
  awaiting_validation: { tone: "blue", icon: "shield" },
  followup_rejected: { tone: "red", icon: "redo" },
  completed: { tone: "green", icon: "check" },
  rejected: { tone: "grey", icon: "ban" },
  merged: { tone: "grey", icon: "merge" },
};

/** @type {Record<string, {tone: string, icon: string}>} */
const EVENT = {
  received: { tone: "grey", icon: "inbox" },
  take: { tone: "yellow", icon: "hand" },
  note: { tone: "note", icon: "note" },
  reply: { tone: "blue", icon: "reply" },
  follow_up: { tone: "blue", icon: "camera" },
  accept_work: { tone: "green", icon: "check" },
  refuse_work: { tone: "red", icon: "redo" },
};

const UNKNOWN = { tone: "grey", icon: "info" };

export const STATUSES = Object.keys(STATUS);
export const EVENTS = Object.keys(EVENT);

/** @param {string} status */
export function statusLook(status) {
  return STATUS[status] ?? UNKNOWN;
}

/** @param {string} type */
export function eventLook(type) {
  return EVENT[type] ?? UNKNOWN;
}

/** The four groups officers know from JAKI; keys are catalogue names. */
export const GROUPS = {
  waiting: ["waiting", "coordination", "disposition", "followup_rejected"],
  progress: ["in_progress", "scheduled", "awaiting_validation"],
  done: ["completed", "rejected", "merged"],
};

/**
 * What a reader may do with a report now. The server decides; this only
 * spares officers a button that would be refused.
 * @param {import("./types.js").Session} session
 * @param {import("./types.js").Report} report
 */
export function actionsFor(session, report) {
  const isOfficer = session.role === "officer";
  const isHolder = report.unit?.id === session.unit?.id;
  const may = isOfficer && isHolder;
  return {
    take: may && GROUPS.waiting.includes(report.status),
    follow_up: may && ["in_progress", "scheduled"].includes(report.status),
    reply: may && report.status !== "merged",
    note: ["officer", "supervisor", "triage", "validator"].includes(session.role),
    validate: session.role === "validator" && report.status === "awaiting_validation",
  };
}
