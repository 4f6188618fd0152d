// SPDX-License-Identifier: ISC
// The registry of scenes: each draws its trouble, or the same street after
// the work was done.

export const SCENES = {};
