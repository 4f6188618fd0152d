// Photos as telephones and attackers send them, drawn here.
//
// SPDX-License-Identifier: ISC

import { deflateSync } from "node:zlib";
import { encodeJpeg } from "../../config/demo/draw/jpeg.mjs";
import { encodePng } from "../../config/demo/draw/png.mjs";

/** Four fields: red, green above; blue, white below. */
export const CORNERS = { topLeft: [220, 30, 30], topRight: [30, 200, 40], bottomLeft: [30, 40, 220], bottomRight: [240, 240, 240] };

/** Pixels of the four fields. */
export function fields(width, height) {
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const side = x < width / 2 ? "Left" : "Right";
      rgb.set(CORNERS[(y < height / 2 ? "top" : "bottom") + side], (y * width + x) * 3);
    }
  }
  return rgb;
}

function segment(marker, data) {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** One IFD entry list with texts behind it; enough for what tests plant. */
export function exif({ orientation = 1, description, artist, gps, comment } = {}) {
  const texts = [[0x010e, description], [0x010f, "Ponsel Uji"], [0x013b, artist], [0x9c9c, comment]]
    .filter(([, value]) => value !== undefined);
  const rows = texts.length + 1 + (gps ? 1 : 0);
  let free = 8 + 2 + rows * 12 + 4;
  const head = [];
  const tail = [];
  const row = (tag, type, count, value) => {
    const out = Buffer.alloc(12);
    out.writeUInt16BE(tag, 0);
    out.writeUInt16BE(type, 2);
    out.writeUInt32BE(count, 4);
    if (Buffer.isBuffer(value)) value.copy(out, 8);
    else out.writeUInt32BE(value, 8);
    head.push(out);
  };
  const later = (data) => {
    const at = free;
    tail.push(data);
    free += data.length;
    return at;
  };
  for (const [tag, value] of texts.filter(([tag]) => tag < 0x0112)) {
    const data = Buffer.from(`${value}\0   `, "latin1");
    row(tag, 2, data.length, later(data));
  }
  row(0x0112, 3, 1, Buffer.from([0, orientation, 0, 0]));
  for (const [tag, value] of texts.filter(([tag]) => tag > 0x0112)) {
    const data = tag === 0x9c9c ? Buffer.from(`${value}\0  `, "utf16le") : Buffer.from(`${value}\0   `, "latin1");
    row(tag, tag === 0x9c9c ? 1 : 2, data.length, later(data));
  }
  if (gps) row(0x8825, 4, 1, later(gpsDirectory(free, gps)));
  const count = Buffer.alloc(2);
  count.writeUInt16BE(head.length);
  return Buffer.concat([Buffer.from("Exif\0\0MM\0*\0\0\0\x08", "latin1"), count, ...head, Buffer.alloc(4), ...tail]);
}

function gpsDirectory(at, text) {
  const data = Buffer.from(`${text}\0   `, "latin1");
  const out = Buffer.alloc(2 + 12 + 4);
  out.writeUInt16BE(1, 0);
  out.writeUInt16BE(0x001c, 2); // GPSAreaInformation
  out.writeUInt16BE(2, 4);
  out.writeUInt32BE(data.length, 6);
  out.writeUInt32BE(at + out.length, 10);
  return Buffer.concat([out, data]);
}

/**
 * A JPEG of the four fields. secret: {description, gps, xmp, iptc, comment,
 * icc, trailing} are texts planted in its metadata.
 */
export function jpeg({ width = 320, height = 240, orientation = 1, secret = {}, quality = 80 } = {}) {
  const plain = encodeJpeg(fields(width, height), width, height, { quality });
  const extra = [];
  if (orientation !== 1 || secret.description || secret.gps) {
    extra.push(segment(0xe1, exif({ orientation, description: secret.description, artist: secret.artist,
      gps: secret.gps, comment: secret.userComment })));
  }
  if (secret.xmp) {
    extra.push(segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">${secret.xmp}</x:xmpmeta>`)));
  }
  if (secret.icc) extra.push(segment(0xe2, Buffer.from(`ICC_PROFILE\0\x01\x01${secret.icc}`, "latin1")));
  if (secret.iptc) extra.push(segment(0xed, Buffer.from(`Photoshop 3.0\0${secret.iptc}`, "latin1")));
  if (secret.comment) extra.push(segment(0xfe, Buffer.from(secret.comment)));
  return Buffer.concat([plain.subarray(0, 2), ...extra, plain.subarray(2), Buffer.from(secret.trailing ?? "")]);
}

function pngChunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ -1) >>> 0;
}

/** A PNG of the four fields; secret.text goes into tEXt, eXIf and behind the end. */
export function png({ width = 64, height = 48, secret = {} } = {}) {
  const plain = Buffer.from(encodePng(fields(width, height), width, height));
  const extra = [];
  if (secret.text) extra.push(pngChunk("tEXt", Buffer.from(`Comment\0${secret.text}`)));
  if (secret.description) extra.push(pngChunk("eXIf", exif({ description: secret.description }).subarray(6)));
  return Buffer.concat([plain.subarray(0, 33), ...extra, plain.subarray(33), Buffer.from(secret.trailing ?? "")]);
}

/** Only a head that claims a size: what a bomb looks like from outside. */
export function pngBomb(width, height) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), pngChunk("IHDR", head),
    pngChunk("IDAT", deflateSync(Buffer.alloc(100_000))), pngChunk("IEND", Buffer.alloc(0))]);
}

/** A lossless WebP of one colour: every code has one symbol and takes no bits. */
export function webp({ width = 40, height = 30, rgb = CORNERS.topLeft, secret = {} } = {}) {
  const bits = [];
  const put = (value, count) => {
    for (let bit = 0; bit < count; bit += 1) bits.push((value >> bit) & 1);
  };
  put(width - 1, 14);
  put(height - 1, 14);
  put(0, 1); // no alpha
  put(0, 3); // version
  put(0, 1); // no transform
  put(0, 1); // no colour cache
  put(0, 1); // one group of codes
  for (const symbol of [rgb[1], rgb[0], rgb[2], 255, 0]) {
    put(1, 1); // simple
    put(0, 1); // one symbol
    put(1, 1); // of eight bits
    put(symbol, 8);
  }
  const packed = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => { packed[index >> 3] |= bit << (index & 7); });
  const chunks = [riffChunk("VP8L", Buffer.concat([Buffer.from([0x2f]), packed]))];
  if (secret.xmp) {
    const extended = Buffer.alloc(10);
    extended[0] = 0x04; // XMP present
    extended.writeUIntLE(width - 1, 4, 3);
    extended.writeUIntLE(height - 1, 7, 3);
    chunks.unshift(riffChunk("VP8X", extended));
    chunks.push(riffChunk("XMP ", Buffer.from(secret.xmp)));
  }
  const body = Buffer.concat([Buffer.from("WEBP"), ...chunks]);
  const head = Buffer.alloc(8);
  head.write("RIFF");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function riffChunk(name, data) {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length & 1)]);
}

/** What is no photo here, each with a name: [name, bytes]. */
export function notPhotos() {
  const gif = Buffer.from("47494638396101000100800000ff0000ffffff2c00000000010001000002024401003b", "hex");
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic"), Buffer.alloc(200)]);
  const good = jpeg({ width: 32, height: 32 });
  return [
    ["GIF", gif],
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ["HTML", Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["HEIC", heic],
    ["GIF that goes on as JPEG", Buffer.concat([gif, good])],
    ["PDF with a JPEG inside", Buffer.concat([Buffer.from("%PDF-1.7\n"), good])],
    ["JPEG cut after its head", good.subarray(0, 40)],
    ["PNG of garbage", Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), Buffer.alloc(500, 0x55)])],
    ["nothing", Buffer.alloc(0)],
    ["zeros", Buffer.alloc(4096)],
  ];
}
