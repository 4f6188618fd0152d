// SPDX-License-Identifier: ISC
// One drawing thread: takes wishes, gives back the bytes of pictures.

import { parentPort } from "node:worker_threads";

import { draw } from "../draw.mjs";

parentPort?.on("message", ({ id, wish }) => {
  const { bytes, mime } = draw(wish);
  const own = new Uint8Array(bytes);
  parentPort?.postMessage({ id, bytes: own, mime }, [own.buffer]);
});
