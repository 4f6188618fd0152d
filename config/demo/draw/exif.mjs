// SPDX-License-Identifier: ISC
// An invented EXIF block: telephones write place, time and model into every
// photo. The server must throw it away, and the demo shows that it does.

const ASCII = 2;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;

function rational(values) {
  const out = Buffer.alloc(values.length * 8);
  values.forEach((value, at) => {
    out.writeUInt32BE(Math.round(value * 1000), at * 8);
    out.writeUInt32BE(1000, at * 8 + 4);
  });
  return out;
}

function degrees(value) {
  const whole = Math.abs(value);
  const minutes = (whole % 1) * 60;
  return rational([Math.floor(whole), Math.floor(minutes), (minutes % 1) * 60]);
}

function text(value) {
  return Buffer.from(`${value}\0`, "latin1");
}

function number(value, size) {
  const out = Buffer.alloc(size);
  out.writeUIntBE(value, 0, size);
  return out;
}

/** One directory whose long values follow it. @returns {Buffer} */
function directory(offset, rows) {
  const head = Buffer.alloc(2 + rows.length * 12 + 4);
  const tail = [];
  let free = offset + head.length;
  head.writeUInt16BE(rows.length, 0);
  rows.forEach(([tag, type, data], index) => {
    const at = 2 + index * 12;
    const unit = { [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [RATIONAL]: 8 }[type];
    head.writeUInt16BE(tag, at);
    head.writeUInt16BE(type, at + 2);
    head.writeUInt32BE(data.length / unit, at + 4);
    if (data.length <= 4) {
      data.copy(head, at + 8);
      return;
    }
    head.writeUInt32BE(free, at + 8);
    tail.push(data);
    free += data.length;
  });
  return Buffer.concat([head, ...tail]);
}

/**
 * @param {{device: string, lat: number, lng: number, takenAt: Date, orientation: number}} facts
 * @returns {Buffer} the body of an APP1 segment
 */
export function exifBlock({ device, lat, lng, takenAt, orientation }) {
  const time = takenAt.toISOString().slice(0, 19).replace(/-/g, ":").replace("T", " ");
  const rows = (gps) => [
    [0x010f, ASCII, text("Contoh Ponsel")],
    [0x0110, ASCII, text(device)],
    [0x0112, SHORT, number(orientation, 2)],
    [0x0132, ASCII, text(time)],
    [0x8825, LONG, number(gps, 4)],
  ];
  const gpsAt = 8 + directory(8, rows(0)).length;
  const gps = directory(gpsAt, [
    [0x0001, ASCII, text(lat < 0 ? "S" : "N")],
    [0x0002, RATIONAL, degrees(lat)],
    [0x0003, ASCII, text(lng < 0 ? "W" : "E")],
    [0x0004, RATIONAL, degrees(lng)],
  ]);
  return Buffer.concat([
    Buffer.from("Exif\0\0MM\0*\0\0\0\x08", "latin1"),
    directory(8, rows(gpsAt)),
    gps,
  ]);
}
