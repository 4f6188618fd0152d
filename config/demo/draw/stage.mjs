// SPDX-License-Identifier: ISC
// A pinhole camera over the canvas. The world is in metres: x to the right,
// y up, z along the street; the ground is y = 0.

import { Canvas } from "./canvas.mjs";
import { cloudAt, grainAt, mix } from "./paint.mjs";

/** @typedef {import("./canvas.mjs").Point} Point */
/** @typedef {import("./canvas.mjs").Paint} Paint */
/** @typedef {import("./canvas.mjs").Colour} Colour */
/** @typedef {[number, number, number]} Place */

const NEAR = 0.25;

export class Stage {
  #axes;

  /** Nothing is drawn below this height: the water line in a flood. */
  low = -Infinity;

  /**
   * @param {{width: number, height: number, eye: Place, pitch: number,
   *   yaw: number, roll: number, lens: number,
   *   light: import("./light.mjs").Light,
   *   random: import("../random.mjs").Random}} view
   */
  constructor(view) {
    this.canvas = new Canvas(view.width, view.height);
    this.eye = view.eye;
    this.light = view.light;
    this.random = view.random;
    this.focus = view.lens * Math.max(view.width, view.height);
    this.#axes = axesOf(view.pitch, view.yaw, view.roll);
  }

  /** @param {Place} place @returns {Place} right, up, forward of the camera */
  seen([x, y, z]) {
    const dx = x - this.eye[0];
    const dy = y - this.eye[1];
    const dz = z - this.eye[2];
    const [right, up, front] = this.#axes;
    return [
      dx * right[0] + dy * right[1] + dz * right[2],
      dx * up[0] + dy * up[1] + dz * up[2],
      dx * front[0] + dy * front[1] + dz * front[2],
    ];
  }

  /** @param {Place} seen @returns {Point} */
  #project([right, up, front]) {
    const scale = this.focus / front;
    return [this.canvas.width / 2 + right * scale, this.canvas.height / 2 - up * scale];
  }

  /** Where a place is in the picture; null behind the camera. */
  at(place) {
    const seen = this.seen(place);
    return seen[2] < NEAR ? null : this.#project(seen);
  }

  /** Pixels per metre at a place. */
  scaleAt(place) {
    return this.focus / Math.max(NEAR, this.seen(place)[2]);
  }

  /** The polygon in the picture, cut at the near plane. @returns {Point[]} */
  outline(places) {
    /** @type {Place[]} */
    const kept = [];
    const [lastX, lastY, lastZ] = places[places.length - 1];
    let before = this.seen([lastX, Math.max(lastY, this.low), lastZ]);
    for (const [x, y, z] of places) {
      const now = this.seen([x, Math.max(y, this.low), z]);
      if ((before[2] < NEAR) !== (now[2] < NEAR)) {
        const share = (NEAR - before[2]) / (now[2] - before[2]);
        kept.push([
          before[0] + (now[0] - before[0]) * share,
          before[1] + (now[1] - before[1]) * share,
          NEAR,
        ]);
      }
      if (now[2] >= NEAR) {
        kept.push(now);
      }
      before = now;
    }
    return kept.map((seen) => this.#project(seen));
  }

  /** @param {readonly Place[]} places @param {Paint} paint @param {number} [alpha] */
  fill(places, paint, alpha = 1) {
    this.canvas.fill(this.outline(places), paint, alpha);
  }

  /** A rectangle on the ground or any height. */
  floor(x0, x1, z0, z1, paint, y = 0, alpha = 1) {
    this.fill([[x0, y, z0], [x1, y, z0], [x1, y, z1], [x0, y, z1]], paint, alpha);
  }

  /** A wall along the street (x fixed). */
  side(x, z0, z1, y0, y1, paint, alpha = 1) {
    this.fill([[x, y0, z0], [x, y0, z1], [x, y1, z1], [x, y1, z0]], paint, alpha);
  }

  /** A wall across the street (z fixed). */
  front(z, x0, x1, y0, y1, paint, alpha = 1) {
    this.fill([[x0, y0, z], [x1, y0, z], [x1, y1, z], [x0, y1, z]], paint, alpha);
  }

  /** A bar of even thickness between two places, facing the camera. */
  bar(from, to, thick, paint, alpha = 1, thickTo = thick) {
    const a = this.at(from);
    const b = this.at(to);
    if (!a || !b) {
      return;
    }
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const nx = (a[1] - b[1]) / length / 2;
    const ny = (b[0] - a[0]) / length / 2;
    const wa = Math.max(0.8, thick * this.scaleAt(from));
    const wb = Math.max(0.8, thickTo * this.scaleAt(to));
    this.canvas.fill([
      [a[0] + nx * wa, a[1] + ny * wa], [b[0] + nx * wb, b[1] + ny * wb],
      [b[0] - nx * wb, b[1] - ny * wb], [a[0] - nx * wa, a[1] - ny * wa],
    ], paint, alpha);
  }

  /** An uneven round shape on the ground: puddles, holes, stains. */
  patch(cx, cz, rx, rz, paint, { alpha = 1, uneven = 0.15, seed = 0, y = 0 } = {}) {
    this.fill(blob(cx, cz, rx, rz, uneven, seed).map(([x, z]) => [x, y, z]), paint, alpha);
  }

  /** Colour at a distance: the air takes it towards the haze. */
  hazed(colour, z) {
    return mix(colour, this.light.haze, 1 - Math.exp(-Math.max(0, z - 8) / 70));
  }

  /** Writes the world direction behind a pixel into `ray`. */
  rays() {
    const [right, up, front] = this.#axes;
    const { width, height } = this.canvas;
    const { focus } = this;
    return (px, py, ray) => {
      const u = (px - width / 2) / focus;
      const v = (height / 2 - py) / focus;
      ray[0] = front[0] + right[0] * u + up[0] * v;
      ray[1] = front[1] + right[1] * u + up[1] * v;
      ray[2] = front[2] + right[2] * u + up[2] * v;
    };
  }

  /**
   * A shader for the ground whose grain lies in perspective.
   * @param {Colour} colour
   * @param {{sharp?: number, smooth?: number, scale?: number, y?: number}} [how]
   */
  ground(colour, { sharp = 0.16, smooth = 0.12, scale = 45, y = 0 } = {}) {
    const look = this.rays();
    const ray = new Float64Array(3);
    const [ex, ey, ez] = this.eye;
    const { haze } = this.light;
    return (px, py, out) => {
      look(px, py, ray);
      const far = ray[1] < -0.004 ? (ey - y) / -ray[1] : 200;
      const x = ex + far * ray[0];
      const z = ez + far * ray[2];
      const fine = far < 14 ? sharp * (1 - far / 14) : 0;
      const factor = 1 + (fine > 0 ? (grainAt(x * scale, z * scale) * 0.4 + grainAt(x * scale * 2.9, z * scale * 2.9) * 0.8) * fine : 0)
        + cloudAt(x * 3, z * 1.8) * smooth * 1.5;
      const air = far > 8 ? 1 - Math.exp((8 - far) / 70) : 0;
      out[0] = colour[0] * factor * (1 - air) + haze[0] * air;
      out[1] = colour[1] * factor * (1 - air) + haze[1] * air;
      out[2] = colour[2] * factor * (1 - air) + haze[2] * air;
    };
  }
}

/** An uneven closed curve. @returns {Point[]} */
export function blob(cx, cy, rx, ry, uneven, seed, count = 44) {
  /** @type {Point[]} */
  const points = [];
  for (let step = 0; step < count; step += 1) {
    const angle = (step / count) * Math.PI * 2;
    const wave = Math.sin(angle * 3 + seed) * 0.5 + Math.sin(angle * 5 + seed * 2.3) * 0.35
      + Math.sin(angle * 11 + seed * 4.1) * 0.22;
    const reach = 1 + wave * uneven;
    points.push([cx + Math.cos(angle) * rx * reach, cy + Math.sin(angle) * ry * reach]);
  }
  return points;
}

function axesOf(pitch, yaw, roll) {
  const [cp, sp] = [Math.cos(pitch), Math.sin(pitch)];
  const [cy, sy] = [Math.cos(yaw), Math.sin(yaw)];
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)];
  const front = [sy * cp, sp, cy * cp];
  const right = [cy, 0, -sy];
  const up = [-sy * sp, cp, -cy * sp];
  return [
    right.map((value, axis) => value * cr + up[axis] * sr),
    up.map((value, axis) => value * cr - right[axis] * sr),
    front,
  ];
}
