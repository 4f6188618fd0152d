// @ts-check
// Makes a camera photo small and upright, off the main thread. Drawing it
// anew also leaves every tag of the original behind, place and device too.
// SPDX-License-Identifier: ISC

const SIDE = 1600;
const BYTES = 400 * 1024;

/** @param {Blob} file */
async function shrink(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  for (const quality of [0.8, 0.7, 0.6, 0.5]) {
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    if (blob.size <= BYTES || quality === 0.5) {
      return { blob, width, height };
    }
  }
  throw new Error("unreachable");
}

onmessage = async (message) => {
  const { id, file } = message.data;
  try {
    postMessage({ id, result: await shrink(file) });
  } catch {
    postMessage({ id, result: null });
  }
};
