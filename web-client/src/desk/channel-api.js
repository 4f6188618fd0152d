// @ts-check
// Channels and their keys: routes that only admins need.
// SPDX-License-Identifier: ISC
import { read, request } from "../api.js";

/**
 * @typedef {object} Channel
 * @property {string} id
 * @property {string} code
 * @property {string} name
 * @property {boolean} active
 * @property {boolean} sandbox
 * @property {boolean} geotagged
 * @property {number} reads_per_minute
 * @property {number} writes_per_minute
 * @property {number} keys in use
 */

/** @typedef {{id: string, alg: string, issuer: string, audience: string, added_at: string, retired_at?: string}} Key */

const PATH = "/api/v1/channels";
/** @param {string} id */
const pathOf = (id) => `${PATH}/${encodeURIComponent(id)}`;

/** @returns {Promise<Channel[]>} */
export async function channelsRead() {
  return (await read(PATH)).body.items;
}

/** @param {object} channel @returns {Promise<Channel>} */
export async function channelAdd(channel) {
  return (await request("POST", PATH, { body: channel })).body.channel;
}

/** @param {string} id @param {object} change @returns {Promise<Channel>} */
export async function channelEdit(id, change) {
  return (await request("PATCH", pathOf(id), { body: change })).body.channel;
}

/** @param {string} id @returns {Promise<Key[]>} */
export async function keysRead(id) {
  return (await read(`${pathOf(id)}/keys`)).body.items;
}

/** One as PEM, or those of a set. @param {string} id @param {object} keys @returns {Promise<Key[]>} */
export async function keysAdd(id, keys) {
  return (await request("POST", `${pathOf(id)}/keys`, { body: keys })).body.items;
}

/** @param {string} kid */
export async function keyRetire(kid) {
  await request("DELETE", `/api/v1/keys/${encodeURIComponent(kid)}`);
}
