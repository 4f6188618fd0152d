// Draws the client's icon: a speech balloon with a keyhole over a row of
// gigi balang, once as SVG and once as PNG, so that no picture is committed.
// SPDX-License-Identifier: ISC
import { deflateSync } from "node:zlib";

const NAVY = [12, 53, 87];
const WHITE = [255, 255, 255];
const GOLD = [242, 163, 58];
const SAMPLES = 3;

// All lengths are parts of the icon's side.
const BALLOON = { left: 0.2, right: 0.8, top: 0.2, bottom: 0.64, round: 0.09 };
const TAIL = [[0.32, 0.6], [0.5, 0.6], [0.32, 0.78]];
const HOLE = { x: 0.5, y: 0.37, radius: 0.075 };
const SLOT = [[0.47, 0.38], [0.53, 0.38], [0.56, 0.54], [0.44, 0.54]];
const TEETH = { top: 0.88, height: 0.12, count: 6 };

export function iconSvg() {
  const teeth = Array.from({ length: TEETH.count }, (_, at) => {
    const step = 1 / TEETH.count;
    return points([[at * step, 1], [(at + 0.5) * step, TEETH.top], [(at + 1) * step, 1]]);
  });
  const { left, right, top, bottom, round } = BALLOON;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">',
    `<path fill="${css(NAVY)}" d="M0 0h512v512H0z"/>`,
    `<path fill="${css(GOLD)}" d="${teeth.join("")}"/>`,
    `<rect fill="${css(WHITE)}" x="${px(left)}" y="${px(top)}" width="${px(right - left)}" height="${px(bottom - top)}" rx="${px(round)}"/>`,
    `<path fill="${css(WHITE)}" d="${points(TAIL)}"/>`,
    `<circle fill="${css(NAVY)}" cx="${px(HOLE.x)}" cy="${px(HOLE.y)}" r="${px(HOLE.radius)}"/>`,
    `<path fill="${css(NAVY)}" d="${points(SLOT)}"/>`,
    "</svg>",
  ].join("");
}

function px(part) {
  return Math.round(part * 5120) / 10;
}

function css(colour) {
  return `#${colour.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

function points(list) {
  return `M${list.map(([x, y]) => `${px(x)} ${px(y)}`).join("L")}z`;
}

function isInBalloon(x, y) {
  const { left, right, top, bottom, round } = BALLOON;
  const dx = Math.max(left + round - x, 0, x - (right - round));
  const dy = Math.max(top + round - y, 0, y - (bottom - round));
  return dx * dx + dy * dy <= round * round;
}

function isInside(shape, x, y) {
  let inside = false;
  shape.forEach(([ax, ay], at) => {
    const [bx, by] = shape[(at + 1) % shape.length];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) {
      inside = !inside;
    }
  });
  return inside;
}

function colourAt(x, y) {
  const isHole = (x - HOLE.x) ** 2 + (y - HOLE.y) ** 2 <= HOLE.radius ** 2 || isInside(SLOT, x, y);
  if (isHole) {
    return NAVY;
  }
  if (isInBalloon(x, y) || isInside(TAIL, x, y)) {
    return WHITE;
  }
  const phase = Math.abs(((x * TEETH.count) % 1) - 0.5) * 2;
  return y > TEETH.top + TEETH.height * phase ? GOLD : NAVY;
}

export function iconPng(side) {
  const rows = Buffer.alloc(side * (side * 3 + 1));
  let at = 0;
  for (let y = 0; y < side; y += 1) {
    rows[at] = 0;
    at += 1;
    for (let x = 0; x < side; x += 1) {
      for (const part of blend(x, y, side)) {
        rows[at] = part;
        at += 1;
      }
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function blend(x, y, side) {
  const sum = [0, 0, 0];
  for (let sub = 0; sub < SAMPLES * SAMPLES; sub += 1) {
    const sx = (x + ((sub % SAMPLES) + 0.5) / SAMPLES) / side;
    const sy = (y + (Math.floor(sub / SAMPLES) + 0.5) / SAMPLES) / side;
    colourAt(sx, sy).forEach((part, one) => {
      sum[one] += part;
    });
  }
  return sum.map((part) => Math.round(part / (SAMPLES * SAMPLES)));
}

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) {
    c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return c >>> 0;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  }
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
