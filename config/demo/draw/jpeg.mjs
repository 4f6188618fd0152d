// SPDX-License-Identifier: ISC
// A small baseline JPEG encoder (4:2:0, the example tables of the standard's
// annex K): telephones send JPEG, so the demo does too.

const ZIGZAG = Uint8Array.of(
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55,
  62, 63,
);
const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87,
  80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92,
  95, 98, 112, 100, 103, 99,
];
const CHROMA = Array.from({ length: 64 }, (_, at) => {
  const corner = [17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99];
  return at % 8 < 4 && at < 32 ? corner[(at >> 3) * 4 + (at % 8)] : 99;
});
const DC_LUMA = [[0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]];
const DC_CHROMA = [[0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], DC_LUMA[1]];
const AC_LUMA = [
  [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
  hex("01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a43"
    + "4445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2"
    + "b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"),
];
const AC_CHROMA = [
  [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
  hex("000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a353637"
    + "38393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6"
    + "a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa"),
];

function hex(text) {
  return [...Buffer.from(text, "hex")];
}

function codesOf([counts, symbols]) {
  const codes = new Uint32Array(256);
  const sizes = new Uint8Array(256);
  let code = 0;
  let at = 0;
  for (let size = 1; size <= 16; size += 1) {
    for (let count = 0; count < counts[size - 1]; count += 1) {
      codes[symbols[at]] = code;
      sizes[symbols[at]] = size;
      code += 1;
      at += 1;
    }
    code <<= 1;
  }
  return { codes, sizes };
}

class BitWriter {
  #held = 0;
  #count = 0;

  constructor(size) {
    this.bytes = Buffer.allocUnsafe(size);
    this.length = 0;
  }

  put(value, size) {
    this.#held = (this.#held << size) | value;
    this.#count += size;
    while (this.#count >= 8) {
      const byte = (this.#held >>> (this.#count - 8)) & 255;
      this.bytes[this.length] = byte;
      this.length += 1;
      if (byte === 255) {
        this.bytes[this.length] = 0;
        this.length += 1;
      }
      this.#count -= 8;
    }
    this.#held &= (1 << this.#count) - 1;
  }

  end() {
    this.put(127, 7);
    return this.bytes.subarray(0, this.length);
  }
}

// One row or column of the AAN transform; its scale factors are folded into
// the quantisation table.
function transformLine(block, at, step) {
  const s0 = block[at] + block[at + 7 * step];
  const d0 = block[at] - block[at + 7 * step];
  const s1 = block[at + step] + block[at + 6 * step];
  const d1 = block[at + step] - block[at + 6 * step];
  const s2 = block[at + 2 * step] + block[at + 5 * step];
  const d2 = block[at + 2 * step] - block[at + 5 * step];
  const s3 = block[at + 3 * step] + block[at + 4 * step];
  const d3 = block[at + 3 * step] - block[at + 4 * step];
  const e0 = s0 + s3;
  const e3 = s0 - s3;
  const e1 = s1 + s2;
  const e2 = (s1 - s2 + e3) * 0.707106781;
  block[at] = e0 + e1;
  block[at + 4 * step] = e0 - e1;
  block[at + 2 * step] = e3 + e2;
  block[at + 6 * step] = e3 - e2;
  const f0 = d3 + d2;
  const f1 = (d2 + d1) * 0.707106781;
  const f2 = d1 + d0;
  const z5 = (f0 - f2) * 0.382683433;
  const z2 = 0.5411961 * f0 + z5;
  const z4 = 1.306562965 * f2 + z5;
  const z11 = d0 + f1;
  const z13 = d0 - f1;
  block[at + 5 * step] = z13 + z2;
  block[at + 3 * step] = z13 - z2;
  block[at + step] = z11 + z4;
  block[at + 7 * step] = z11 - z4;
}

function scaleTable(base, quality) {
  const scale = quality < 50 ? 5000 / quality : 200 - quality * 2;
  const stored = base.map((value) => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))));
  const aan = [1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.5411961, 0.275899379];
  const divide = Float32Array.from(stored, (value, at) => 1 / (value * aan[at >> 3] * aan[at & 7] * 8));
  return { stored, divide };
}

function writeBlock(bits, block, divide, before, dc, ac) {
  for (let line = 0; line < 8; line += 1) {
    transformLine(block, line * 8, 1);
  }
  for (let line = 0; line < 8; line += 1) {
    transformLine(block, line, 8);
  }
  const first = Math.round(block[0] * divide[0]);
  writeValue(bits, first - before, 0, dc);
  let run = 0;
  for (let at = 1; at < 64; at += 1) {
    const from = ZIGZAG[at];
    const value = Math.round(block[from] * divide[from]);
    if (value === 0) {
      run += 1;
      continue;
    }
    for (; run > 15; run -= 16) {
      bits.put(ac.codes[0xf0], ac.sizes[0xf0]);
    }
    writeValue(bits, value, run, ac);
    run = 0;
  }
  if (run > 0) {
    bits.put(ac.codes[0], ac.sizes[0]);
  }
  return first;
}

function writeValue(bits, value, run, table) {
  const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value));
  const symbol = (run << 4) | size;
  bits.put(table.codes[symbol], table.sizes[symbol]);
  if (size > 0) {
    bits.put((value < 0 ? value - 1 : value) & ((1 << size) - 1), size);
  }
}

/** Planes of luma (full) and chroma (half size), padded to whole 16×16 units. */
function planesOf(rgb, width, height) {
  const wide = (width + 15) & ~15;
  const high = (height + 15) & ~15;
  const luma = new Float32Array(wide * high);
  const blue = new Float32Array((wide / 2) * (high / 2));
  const red = new Float32Array((wide / 2) * (high / 2));
  for (let y = 0; y < high; y += 1) {
    const row = Math.min(y, height - 1) * width;
    for (let x = 0; x < wide; x += 1) {
      const at = (row + Math.min(x, width - 1)) * 3;
      const [r, g, b] = [rgb[at], rgb[at + 1], rgb[at + 2]];
      luma[y * wide + x] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
      const half = (y >> 1) * (wide >> 1) + (x >> 1);
      blue[half] += (-0.168736 * r - 0.331264 * g + 0.5 * b) / 4;
      red[half] += (0.5 * r - 0.418688 * g - 0.081312 * b) / 4;
    }
  }
  return { wide, high, luma, blue, red };
}

function copyBlock(block, plane, stride, x, y) {
  for (let row = 0; row < 8; row += 1) {
    const from = (y + row) * stride + x;
    for (let column = 0; column < 8; column += 1) {
      block[row * 8 + column] = plane[from + column];
    }
  }
}

function scan({ wide, high, luma, blue, red }, tables) {
  const bits = new BitWriter(wide * high * 3 + 1024);
  const block = new Float32Array(64);
  const [dcLuma, acLuma, dcChroma, acChroma] = [DC_LUMA, AC_LUMA, DC_CHROMA, AC_CHROMA].map(codesOf);
  const last = [0, 0, 0];
  for (let y = 0; y < high; y += 16) {
    for (let x = 0; x < wide; x += 16) {
      for (let part = 0; part < 4; part += 1) {
        copyBlock(block, luma, wide, x + (part & 1) * 8, y + (part >> 1) * 8);
        last[0] = writeBlock(bits, block, tables[0].divide, last[0], dcLuma, acLuma);
      }
      copyBlock(block, blue, wide / 2, x / 2, y / 2);
      last[1] = writeBlock(bits, block, tables[1].divide, last[1], dcChroma, acChroma);
      copyBlock(block, red, wide / 2, x / 2, y / 2);
      last[2] = writeBlock(bits, block, tables[1].divide, last[2], dcChroma, acChroma);
    }
  }
  return bits.end();
}

/** @param {number} marker @param {readonly number[] | Buffer} data */
function segment(marker, data) {
  const length = data.length + 2;
  return Buffer.concat([Buffer.from([255, marker, length >> 8, length & 255]), Buffer.from(data)]);
}

/**
 * @param {Uint8ClampedArray} rgb
 * @param {number} width
 * @param {number} height
 * @param {{quality?: number, exif?: Buffer | null}} [how]
 * @returns {Buffer}
 */
export function encodeJpeg(rgb, width, height, { quality = 82, exif = null } = {}) {
  const tables = [scaleTable(LUMA, quality), scaleTable(CHROMA, quality)];
  const zigzag = (table) => Array.from(ZIGZAG, (from) => table.stored[from]);
  const huffman = [[0x00, DC_LUMA], [0x10, AC_LUMA], [0x01, DC_CHROMA], [0x11, AC_CHROMA]];
  return Buffer.concat([
    Buffer.from([255, 0xd8]),
    exif ? segment(0xe1, exif) : segment(0xe0, [...Buffer.from("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...zigzag(tables[0]), 1, ...zigzag(tables[1])]),
    segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
    segment(0xc4, huffman.flatMap(([id, [counts, symbols]]) => [id, ...counts, ...symbols])),
    segment(0xda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]),
    scan(planesOf(rgb, width, height), tables),
    Buffer.from([255, 0xd9]),
  ]);
}
