// In place of what the npm package open311 reads XML with: one comes from a
// git address and one must be compiled. It is used in JSON mode only.
//
// SPDX-License-Identifier: ISC

module.exports = {};
