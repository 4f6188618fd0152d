// @ts-check
// Shapes that travel between the API and the screens. Types only.
// SPDX-License-Identifier: ISC

/** @typedef {{level: "public"|"private", label: string}} Confidentiality */
/** @typedef {{id: string, width: number, height: number, thumb: string, full: string}} Photo */
/** @typedef {{locked: boolean, items?: Photo[]}} Photos */

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
 * @property {{id: string, name: string}|null} [unit]
 * @property {string} received_at
 * @property {string|null} [occurred_at]
 * @property {string|null} [due_at]
 * @property {boolean} [overdue]
 * @property {{locked?: boolean, anonymous?: boolean}} [reporter]
 * @property {Photos} [photos]
 * @property {string[]} [redacted]
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
/** @typedef {{id: string, name: string, kind: string, parent: string|null}} Unit */
/** @typedef {{level: "public"|"private", label: string}} Label */

export {};
