// SPDX-License-Identifier: ISC
// The registry of scenes: each draws its trouble, or the same street after
// the work was done.

import { ROAD_SCENES } from "./scenes-road.mjs";
import { SIDE_SCENES } from "./scenes-side.mjs";
import { TRADE_SCENES } from "./scenes-trade.mjs";

/**
 * pitch and yaw aim the camera; yaw and shift are mirrored with the side the
 * trouble lies on; wall asks for a long wall on that side.
 * @typedef {{pitch: number, yaw: number, shift?: number, wall?: boolean,
 *   trees?: boolean, lights?: string[],
 *   before: (stage: import("./stage.mjs").Stage, side: -1 | 1) => void,
 *   after: (stage: import("./stage.mjs").Stage, side: -1 | 1) => void}} Scene
 */

/** @type {Record<string, Scene>} */
export const SCENES = { ...ROAD_SCENES, ...SIDE_SCENES, ...TRADE_SCENES };
