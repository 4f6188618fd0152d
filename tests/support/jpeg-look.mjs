// Looks into a baseline JPEG: its size, its segments, and the mean colour of
// places, from the DC coefficients alone. Enough to see which way is up.
//
// SPDX-License-Identifier: ISC

/** {width, height, markers: [[marker, data]…], colourAt(x, y) → [r, g, b]}. */
export function lookAt(bytes) {
  const image = { markers: [], huffman: new Map(), quant: new Map(), restart: 0 };
  let at = 2;
  if (bytes.readUInt16BE(0) !== 0xffd8) throw new Error("no JPEG");
  for (;;) {
    const marker = bytes[at + 1];
    const length = bytes.readUInt16BE(at + 2);
    const data = bytes.subarray(at + 4, at + 2 + length);
    image.markers.push([marker, data]);
    at += 2 + length;
    if (marker === 0xc4) readHuffman(image.huffman, data);
    if (marker === 0xdb) readQuant(image.quant, data);
    if (marker === 0xdd) image.restart = data.readUInt16BE(0);
    if (marker === 0xc0 || marker === 0xc1) readFrame(image, data);
    if (marker === 0xc2) throw new Error("progressive");
    if (marker === 0xda) break;
  }
  readScanHead(image, image.markers.at(-1)[1]);
  image.end = decode(image, bytes, at);
  image.trailing = bytes.subarray(image.end);
  image.colourAt = (x, y) => colourAt(image, x, y);
  return image;
}

function readHuffman(tables, data) {
  for (let at = 0; at < data.length;) {
    const id = data[at];
    const counts = data.subarray(at + 1, at + 17);
    const codes = new Map();
    let code = 0;
    let next = at + 17;
    counts.forEach((count, index) => {
      for (let i = 0; i < count; i += 1) codes.set(((index + 1) << 16) | code++, data[next++]);
      code <<= 1;
    });
    tables.set(id, codes);
    at = next;
  }
}

function readQuant(tables, data) {
  for (let at = 0; at < data.length; at += data[at] >> 4 ? 129 : 65) {
    tables.set(data[at] & 15, data[at] >> 4 ? data.readUInt16BE(at + 1) : data[at + 1]);
  }
}

function readFrame(image, data) {
  image.height = data.readUInt16BE(1);
  image.width = data.readUInt16BE(3);
  image.parts = Array.from({ length: data[5] }, (_, index) => {
    const [id, sampling, quant] = data.subarray(6 + index * 3);
    return { id, h: sampling >> 4, v: sampling & 15, quant, previous: 0, blocks: new Map() };
  });
}

function readScanHead(image, data) {
  for (let index = 0; index < data[0]; index += 1) {
    const part = image.parts.find((one) => one.id === data[1 + index * 2]);
    part.dc = data[2 + index * 2] >> 4;
    part.ac = 0x10 | (data[2 + index * 2] & 15);
  }
}

/** Bits of the entropy-coded part. */
class Bits {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
    this.left = 0;
  }

  bit() {
    if (this.left === 0) {
      this.byte = this.bytes[this.at++];
      if (this.byte === 0xff && this.bytes[this.at] === 0) this.at += 1;
      this.left = 8;
    }
    this.left -= 1;
    return (this.byte >> this.left) & 1;
  }

  number(count) {
    let value = 0;
    for (let i = 0; i < count; i += 1) value = (value << 1) | this.bit();
    return value;
  }

  symbol(codes) {
    for (let length = 1, code = 0; length <= 16; length += 1) {
      code = (code << 1) | this.bit();
      const found = codes.get((length << 16) | code);
      if (found !== undefined) return found;
    }
    throw new Error("no such code");
  }

  restart() {
    this.left = 0;
    this.at += 2;
  }
}

function decode(image, bytes, at) {
  const bits = new Bits(bytes, at);
  const across = Math.max(...image.parts.map((part) => part.h));
  const down = Math.max(...image.parts.map((part) => part.v));
  const columns = Math.ceil(image.width / (8 * across));
  const rows = Math.ceil(image.height / (8 * down));
  image.across = across;
  image.down = down;
  for (let unit = 0; unit < columns * rows; unit += 1) {
    if (image.restart && unit && unit % image.restart === 0) {
      bits.restart();
      image.parts.forEach((part) => { part.previous = 0; });
    }
    for (const part of image.parts) {
      for (let block = 0; block < part.h * part.v; block += 1) {
        const x = (unit % columns) * part.h + (block % part.h);
        const y = Math.floor(unit / columns) * part.v + Math.floor(block / part.h);
        part.blocks.set(y * 65536 + x, blockMean(image, part, bits));
      }
    }
  }
  return bits.at + 2;
}

function blockMean(image, part, bits) {
  const size = bits.symbol(image.huffman.get(part.dc));
  const raw = bits.number(size);
  part.previous += size > 0 && raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw;
  for (let place = 1; place < 64; place += 1) {
    const symbol = bits.symbol(image.huffman.get(part.ac));
    if (symbol === 0) break;
    place += symbol >> 4;
    bits.number(symbol & 15);
  }
  return part.previous * image.quant.get(part.quant) / 8 + 128;
}

function colourAt(image, x, y) {
  const [luma, blue, red] = image.parts.map((part) => {
    const column = Math.floor(x * part.h / image.across / 8);
    const row = Math.floor(y * part.v / image.down / 8);
    return part.blocks.get(row * 65536 + column);
  });
  return [luma + 1.402 * (red - 128), luma - 0.344 * (blue - 128) - 0.714 * (red - 128), luma + 1.772 * (blue - 128)];
}
