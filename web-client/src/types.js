// @ts-check
// Shapes that travel between the API and the screens. Types only.
// SPDX-License-Identifier: ISC

/** @typedef {{level: "public"|"private", label: string}} Confidentiality */
/** @typedef {{id: string, width: number, height: number, thumb: string, full: string}} Photo */
/** @typedef {{locked: boolean, items?: Photo[]}} Photos */
/** @typedef {{id: string, name: string}} Named */
/** @typedef {{id: string, ticket: string}} Link */

/**
 * @typedef {object} Report
 * @property {string} id
 * @property {string} ticket
 * @property {"public"|"private"} visibility
 * @property {string} status
 * @property {number} version
 * @property {Confidentiality} confidentiality
 * @property {{code: string, name: string}|null} [category]
 * @property {string} [description]
 * @property {{lat: number, lng: number, accuracy_m?: number, address?: string,
 *   kelurahan?: {code: string, name: string}|null}|null} [location]
 * @property {Named|null} [unit]
 * @property {string} received_at
 * @property {string|null} [occurred_at]
 * @property {string|null} [due_at]
 * @property {boolean} [overdue]
 * @property {{locked?: boolean, anonymous?: boolean}} [reporter]
 * @property {Photos} [photos]
 * @property {string[]} [redacted]
 * @property {string[]} [held_for] why it was held back for triage
 * @property {Named} [officer]
 * @property {boolean} [paused] the clock stands still until the reporter answers
 * @property {{until: string, approved: boolean}} [schedule]
 * @property {number} [returns]
 * @property {number} [reopened]
 * @property {number} [me_too]
 * @property {number} [stars]
 * @property {string} [completed_at]
 * @property {string} [reason_code]
 * @property {Link & {status: string}} [main] the report this one was merged into
 * @property {number} [merged]
 * @property {boolean} [second_open]
 * @property {Link[]} [links] tickets that its text names
 * @property {string} updated_at
 * @property {string[]} [steps] what this reader may do now; single reports only
 */

/**
 * @typedef {object} Event
 * @property {string} id
 * @property {string} type
 * @property {string} at
 * @property {{unit?: any, name?: string}} [by]
 * @property {string} [text]
 * @property {string} [note]
 * @property {string} [reason]
 * @property {string} [from]
 * @property {string} [to]
 * @property {string} [captured_at]
 * @property {{lat: number, lng: number, distance_m?: number}} [location]
 * @property {Photos} [photos]
 * @property {Named} [to_unit]
 * @property {Named} [officer]
 * @property {string} [reason_code]
 * @property {string} [until]
 * @property {number} [stars]
 * @property {string} [step] the step that was undone or that the main report took
 * @property {Link} [into]
 */

/**
 * @typedef {object} Session
 * @property {string} username
 * @property {string} name
 * @property {string} role
 * @property {{id: string, name: string}|null} unit
 * @property {string} expires_at
 */

/** @typedef {{code: string, name: string}} Category */
/** @typedef {{code: string, name: string}} Reason */
/** @typedef {{id: string, name: string, kind: string, parent: string|null}} Unit */
/** @typedef {{unit: {id: string, name: string, kind: string}, why: string}} Suggestion */
/** @typedef {{id: string, name: string, open: number, overdue: number}} Officer */
/** @typedef {{id: string, step: string, title: string, text: string, own: boolean}} Template */

/**
 * @typedef {object} HandOver
 * @property {string} id
 * @property {"coordination"|"disposition"} kind
 * @property {Named} from_unit
 * @property {Named} to_unit
 * @property {string} [reason]
 * @property {string} [note]
 * @property {string} at
 * @property {string|null} [ended_at]
 * @property {boolean} returned
 */

/**
 * @typedef {object} Notice
 * @property {string} id
 * @property {string} type
 * @property {string} at
 * @property {boolean} new
 * @property {Link & {status: string, visibility: string}} report
 * @property {Confidentiality} confidentiality
 */

/** @typedef {{level: "public"|"private", label: string}} Label */

export {};
