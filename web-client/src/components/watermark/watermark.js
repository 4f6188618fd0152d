// @ts-check
// The reader's name and the time, faint over private details: whoever
// photographs the screen signs the picture. A canvas, so that it is no text
// to copy and needs no inline style.
// Usage: <${Watermark} text="…" />
// SPDX-License-Identifier: ISC
import { useEffect, useRef } from "preact/hooks";

import { html } from "../../html.js";
import { theme } from "../../theme.js";

const GAP_X = 70;
const STEP_Y = 130;

/** @param {HTMLCanvasElement} canvas @param {string} text */
function draw(canvas, text) {
  const scale = devicePixelRatio || 1;
  const width = innerWidth;
  const height = innerHeight;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const pen = canvas.getContext("2d");
  if (!pen) {
    return;
  }
  pen.scale(scale, scale);
  pen.rotate(-Math.PI / 9);
  pen.font = "14px sans-serif";
  pen.fillStyle = getComputedStyle(canvas).color;
  const stepX = pen.measureText(text).width + GAP_X;
  for (let y = 0; y < height + width; y += STEP_Y) {
    for (let x = -height; x < width; x += stepX) {
      pen.fillText(text, x + ((y / STEP_Y) % 2) * (stepX / 2), y);
    }
  }
}

/** @param {{text: string}} props */
export function Watermark({ text }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const look = theme.value;
  useEffect(() => {
    const paint = () => canvas.current && draw(canvas.current, text);
    paint();
    addEventListener("resize", paint);
    return () => removeEventListener("resize", paint);
  }, [text, look]);
  return html`<canvas class="watermark" aria-hidden="true" ref=${canvas}></canvas>`;
}
