// SPDX-License-Identifier: ISC
// Draws pictures on two threads beside the loading, in the order of need.

import { Worker } from "node:worker_threads";

/** @typedef {import("./draw.mjs").Wish} Wish */
/** @typedef {{bytes: Uint8Array, mime: string}} Picture */

export class Studio {
  /** @type {Worker[]} */
  #workers = [];
  /** @type {{id: number, wish: Wish}[]} */
  #queue = [];
  /** @type {Map<number, {resolve: (picture: Picture) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();
  #next = 0;

  /** @param {number} [threads] */
  constructor(threads = 2) {
    for (let thread = 0; thread < threads; thread += 1) {
      const worker = new Worker(new URL("./draw/worker.mjs", import.meta.url));
      worker.on("message", ({ id, bytes, mime }) => {
        this.#waiting.get(id)?.resolve({ bytes, mime });
        this.#waiting.delete(id);
        this.#give(worker);
      });
      worker.on("error", (error) => this.#fail(error));
      this.#workers.push(worker);
    }
  }

  /** Queues a picture; the first asked for is the first drawn. @param {Wish} wish */
  picture(wish) {
    const id = this.#next;
    this.#next += 1;
    const drawn = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    // Whoever awaits it hears of a failure; until then it is nobody's crash.
    drawn.catch(() => {});
    this.#queue.push({ id, wish });
    if (id < this.#workers.length) {
      this.#give(this.#workers[id]);
    }
    return /** @type {Promise<Picture>} */ (drawn);
  }

  async close() {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #give(worker) {
    const job = this.#queue.shift();
    if (job) {
      worker.postMessage(job);
    } else {
      worker.unref();
    }
  }

  #fail(error) {
    for (const { reject } of this.#waiting.values()) {
      reject(error);
    }
    this.#waiting.clear();
  }
}
