// @ts-check
// The closed lists of the API that the client draws: statuses with their
// colour and icon, events and steps of work with theirs. Names come from the
// catalogue; the confidentiality label never does, its exact text comes with
// each answer.
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
  route: { tone: "grey", icon: "forward" },
  reject: { tone: "red", icon: "ban" },
  appeal: { tone: "red", icon: "megaphone" },
  merge: { tone: "grey", icon: "merge" },
  unmerge: { tone: "grey", icon: "branch" },
  split: { tone: "grey", icon: "branch" },
  take: { tone: "yellow", icon: "hand" },
  hand_over: { tone: "red", icon: "swap" },
  dispose: { tone: "red", icon: "branch" },
  return: { tone: "red", icon: "redo" },
  assign: { tone: "yellow", icon: "user" },
  schedule: { tone: "yellow", icon: "calendar" },
  approve_schedule: { tone: "green", icon: "calendar" },
  refuse_schedule: { tone: "red", icon: "calendar" },
  ask: { tone: "blue", icon: "question" },
  answer: { tone: "blue", icon: "reply" },
  note: { tone: "note", icon: "note" },
  reply: { tone: "blue", icon: "reply" },
  progress: { tone: "yellow", icon: "wrench" },
  follow_up: { tone: "blue", icon: "camera" },
  accept_work: { tone: "green", icon: "check" },
  refuse_work: { tone: "red", icon: "redo" },
  second_accept: { tone: "green", icon: "shield" },
  second_refuse: { tone: "red", icon: "shield" },
  rate: { tone: "blue", icon: "star" },
  confirm: { tone: "green", icon: "check" },
  reopen: { tone: "red", icon: "refresh" },
  me_too: { tone: "grey", icon: "user" },
  add_photos: { tone: "blue", icon: "camera" },
  make_private: { tone: "note", icon: "lock" },
  make_public: { tone: "grey", icon: "eye" },
  withdraw: { tone: "grey", icon: "trash" },
  forget: { tone: "note", icon: "lock" },
  erase: { tone: "grey", icon: "trash" },
  undo: { tone: "grey", icon: "undo" },
  main_step: { tone: "grey", icon: "merge" },
  remind: { tone: "yellow", icon: "clock" },
  escalate: { tone: "red", icon: "warning" },
};

const UNKNOWN = { tone: "grey", icon: "info" };

export const STATUSES = Object.keys(STATUS);
export const EVENTS = Object.keys(EVENT);

/** What the reporter did, through the channel. */
export const REPORTERS = [
  "received", "appeal", "answer", "rate", "confirm", "reopen", "me_too", "add_photos",
  "make_private", "make_public", "withdraw", "forget", "erase",
];

/** What nobody did: the clock, or a step of the main report. */
export const SYSTEMS = ["remind", "escalate", "main_step"];

/** Why the filter held a report back. */
export const HOLDS = ["emergency", "appeal", "duplicate", "no_point", "outside", "abusive", "flood", "empty"];

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

const OFFICE = [...GROUPS.waiting, "in_progress", "scheduled"];

/** The statuses in which a report waits for somebody of this role. @type {Record<string, string[]>} */
const TURN = {
  officer: OFFICE,
  supervisor: OFFICE,
  triage: ["incoming"],
  validator: ["awaiting_validation"],
};

/** @param {string} role */
export function turnOf(role) {
  return TURN[role] ?? [];
}

/** Steps with a screen of their own; the rest are forms in a sheet. @type {Record<string, string>} */
const STEP_SCREENS = {
  follow_up: "follow-up",
  accept_work: "validate",
  refuse_work: "validate",
  second_accept: "validate",
  second_refuse: "validate",
};

/** @param {string} step @param {string} id */
export function stepPath(step, id) {
  return STEP_SCREENS[step] ? `/reports/${id}/${STEP_SCREENS[step]}` : null;
}

/** What is most likely meant comes first and gets the big button. */
const PRIMARY = ["accept_work", "second_accept", "approve_schedule", "take", "follow_up", "route", "assign"];

/** Steps a sheet has a form for, in the order in which they are offered. */
const SHEETS = [
  "reply", "ask", "progress", "note", "hand_over", "dispose", "return", "schedule", "approve_schedule", "refuse_schedule", "assign",
  "route", "split", "reject", "unmerge",
];

/**
 * The steps the API allows this reader now, as the action bar offers them.
 * @param {string[]} steps
 * @returns {{primary: string|null, more: string[]}}
 */
export function stepsOffered(steps) {
  const primary = PRIMARY.find((step) => steps.includes(step)) ?? null;
  return { primary, more: SHEETS.filter((step) => step !== primary && steps.includes(step)) };
}

/**
 * Steps that can be undone for some seconds, and how long the client offers
 * it. The server decides.
 */
export const UNDOABLE = ["take", "hand_over", "dispose", "return", "assign", "route", "reject", "merge"];
export const UNDO_FOR = 10_000;
