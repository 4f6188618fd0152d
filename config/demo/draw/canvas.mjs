// SPDX-License-Identifier: ISC
// A software canvas: polygons with exact area coverage, blended in linear
// passes over a float RGB buffer. Everything the demo shows is drawn with it.

/** @typedef {[number, number]} Point */
/** @typedef {[number, number, number]} Colour red, green, blue in 0–255 */
/**
 * Sets out[0..2] to a colour and out[3] to an opacity for one pixel.
 * @typedef {(x: number, y: number, out: Float32Array) => void} Shader
 */
/** @typedef {Colour | Shader} Paint */

export class Canvas {
  #cover;
  #stride;
  #out = new Float32Array(4);

  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.pixels = new Float32Array(width * height * 3);
    this.#stride = width + 2;
    this.#cover = new Float32Array(this.#stride * height + 2);
  }

  /**
   * Fills one polygon. Self-overlap counts once.
   * @param {readonly Point[]} points
   * @param {Paint} paint
   * @param {number} [alpha]
   */
  fill(points, paint, alpha = 1) {
    if (points.length < 3) {
      return;
    }
    let left = Infinity;
    let right = -Infinity;
    let top = Infinity;
    let bottom = -Infinity;
    for (const [x, y] of points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    if (right <= 0 || left >= this.width || bottom <= 0 || top >= this.height) {
      return;
    }
    let before = points[points.length - 1];
    for (const point of points) {
      this.#edge(before[0], before[1], point[0], point[1]);
      before = point;
    }
    this.#sweep(
      Math.max(0, Math.floor(left)),
      Math.min(this.width - 1, Math.ceil(right)),
      Math.max(0, Math.floor(top)),
      Math.min(this.height - 1, Math.ceil(bottom)),
      paint,
      alpha,
    );
  }

  /** Fills an axis-parallel or turned ellipse given by centre and radii. */
  ellipse(cx, cy, rx, ry, paint, alpha = 1, turn = 0) {
    const count = Math.max(10, Math.min(48, Math.round(Math.max(rx, ry) / 2) + 8));
    const cos = Math.cos(turn);
    const sin = Math.sin(turn);
    /** @type {Point[]} */
    const points = [];
    for (let step = 0; step < count; step += 1) {
      const angle = (step / count) * Math.PI * 2;
      const x = Math.cos(angle) * rx;
      const y = Math.sin(angle) * ry;
      points.push([cx + x * cos - y * sin, cy + x * sin + y * cos]);
    }
    this.fill(points, paint, alpha);
  }

  /** Fills the whole canvas. @param {Paint} paint */
  clear(paint) {
    const { width, height } = this;
    this.fill([[0, 0], [width, 0], [width, height], [0, height]], paint);
  }

  /** Adds light around a point; values above white are cut when written. */
  glow(cx, cy, radius, colour, strength) {
    const { width, height, pixels } = this;
    const bottom = Math.min(height - 1, Math.ceil(cy + radius));
    const right = Math.min(width - 1, Math.ceil(cx + radius));
    for (let y = Math.max(0, Math.floor(cy - radius)); y <= bottom; y += 1) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x <= right; x += 1) {
        const far = Math.hypot(x - cx, y - cy) / radius;
        if (far < 1) {
          const add = strength * (1 - far) * (1 - far);
          const at = (y * width + x) * 3;
          pixels[at] += colour[0] * add;
          pixels[at + 1] += colour[1] * add;
          pixels[at + 2] += colour[2] * add;
        }
      }
    }
  }

  // Each edge adds its signed area to the cells it crosses; the sum along a
  // row then is the coverage (the accumulation buffer known from font
  // rasterisers). Clamping x keeps edges outside the picture counted.
  #edge(x0, y0, x1, y1) {
    if (y0 === y1) {
      return;
    }
    const sign = y0 < y1 ? 1 : -1;
    const topX = sign > 0 ? x0 : x1;
    const topY = sign > 0 ? y0 : y1;
    const endX = sign > 0 ? x1 : x0;
    const endY = sign > 0 ? y1 : y0;
    const slope = (endX - topX) / (endY - topY);
    const first = Math.max(0, Math.floor(topY));
    const last = Math.min(this.height, Math.ceil(endY));
    for (let y = first; y < last; y += 1) {
      const from = Math.max(y, topY);
      const to = Math.min(y + 1, endY);
      this.#span(
        y * this.#stride,
        Math.min(this.width, Math.max(0, topX + (from - topY) * slope)),
        Math.min(this.width, Math.max(0, topX + (to - topY) * slope)),
        (to - from) * sign,
      );
    }
  }

  #span(row, from, to, area) {
    const cover = this.#cover;
    const low = Math.min(from, to);
    const high = Math.max(from, to);
    const start = Math.floor(low);
    const end = Math.ceil(high);
    if (end <= start + 1) {
      const share = area * ((low + high) / 2 - start);
      cover[row + start] += area - share;
      cover[row + start + 1] += share;
      return;
    }
    // A flat edge crosses several cells: each gets the area to its right.
    const scale = area / (high - low);
    let before = 0;
    for (let x = start; x < end; x += 1) {
      const enter = Math.max(low, x);
      const leave = Math.min(high, x + 1);
      const part = (leave - enter) * scale;
      const share = part * ((enter + leave) / 2 - x);
      cover[row + x] += part - share + before;
      before = share;
    }
    cover[row + end] += before;
  }

  #sweep(left, right, top, bottom, paint, alpha) {
    const { width, pixels } = this;
    const cover = this.#cover;
    const out = this.#out;
    const shader = typeof paint === "function" ? paint : null;
    if (!shader) {
      out.set(/** @type {Colour} */ (paint));
    }
    for (let y = top; y <= bottom; y += 1) {
      const row = y * this.#stride;
      let sum = 0;
      for (let x = left; x <= right; x += 1) {
        sum += cover[row + x];
        cover[row + x] = 0;
        let share = sum < 0 ? -sum : sum;
        if (share > 0.004) {
          share = (share > 1 ? 1 : share) * alpha;
          if (shader) {
            out[3] = 1;
            shader(x, y, out);
            share *= out[3];
          }
          const at = (y * width + x) * 3;
          pixels[at] += (out[0] - pixels[at]) * share;
          pixels[at + 1] += (out[1] - pixels[at + 1]) * share;
          pixels[at + 2] += (out[2] - pixels[at + 2]) * share;
        }
      }
      cover[row + right + 1] = 0;
      cover[row + right + 2] = 0;
    }
  }
}
