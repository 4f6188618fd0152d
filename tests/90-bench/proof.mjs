// Copies of one picture are found among three million other proofs, in time;
// pictures of other streets are not. Pictures are drawn, changed as people
// change them, hashed by crm media and looked up by the database.
//
// SPDX-License-Identifier: ISC
import assert from "node:assert/strict";
import { connect } from "node:net";
import { join } from "node:path";
import { asJpeg, cut, mirrored, smaller, street, toned } from "../support/copies.mjs";
import { test } from "../support/count.mjs";
import { superuser } from "../support/database.mjs";

const ROWS = Number(process.env.BENCH_PROOFS ?? 3_000_000);
const LOOK_UP_MS = 10;
const REPEATS = 10;
const TICK_MS = 10;
const SCENES = ["pothole", "flood", "rubbish", "parking", "paving", "drain", "stalls", "banner"];
const SEEDS = ["a", "b"];
const WIDTH = 640;
const WORDS = 6;

/** Sides and how much is cut off them. */
const CUTS = {
  left: { left: 1 }, right: { right: 1 }, top: { top: 1 }, bottom: { bottom: 1 }, around: { left: 1, right: 1, top: 1, bottom: 1 },
  width: { left: 1, right: 1 }, height: { top: 1, bottom: 1 }, corner: { left: 1, top: 1 },
};
const cutBy = (sides, part) => Object.fromEntries(Object.keys(sides).map((side) => [side, part]));

/** [kind, share that must be found, change] */
const CHANGES = [
  ...[30, 50, 70, 95].map((quality) => ["quality 30-95", 1, (one) => asJpeg(one, { quality })]),
  ...[480, 320].map((width) => ["smaller", 1, (one) => asJpeg(smaller(one, width), { quality: 60 })]),
  ["noise", 1, (one) => asJpeg(toned(one, { noise: 12 }), { quality: 70 })],
  ["darker", 1, (one) => asJpeg(toned(one, { gain: 0.7 }))],
  ["brighter", 0.9, (one) => asJpeg(toned(one, { gain: 1.2, add: 10 }))],
  ["mirrored", 1, (one) => asJpeg(mirrored(one), { quality: 50 })],
  ...Object.entries(CUTS).flatMap(([name, sides]) => [0.05, 0.11, 0.2].map((part, at) =>
    [`cut ${name}`, name === "corner" ? 0.85 : 0.9, (one) => asJpeg(cut(at === 1 ? mirrored(one) : one, cutBy(sides, part)), { quality: 40 + 20 * at })])),
];

/** What crm media says a picture looks like, as an array literal. */
function hashOf(state, jpeg) {
  return new Promise((resolve, reject) => {
    const head = Buffer.from("CRMP\0\0\0\0");
    head.writeUInt32BE(jpeg.length, 4);
    const parts = [];
    const socket = connect(join(state, "jail/run/media.sock"), () => socket.write(Buffer.concat([head, jpeg])));
    socket.on("data", (part) => parts.push(part)).on("error", reject).on("end", () => {
      const answer = Buffer.concat(parts);
      let at = 1;
      for (let picture = 0; picture < 2; picture += 1) at += 8 + answer.readUInt32BE(at + 4);
      const words = [];
      for (; at < answer.length; at += 8) words.push(answer.readBigInt64BE(at));
      if (answer[0] === 0 && words.length > 0 && words.length % WORDS === 0) resolve(words);
      else reject(new Error(`status ${answer[0]}, ${words.length} words`));
    });
  });
}

const literal = (words) => `'{${words.join(",")}}'::bigint[]`;

/** Rows of random hashes, in a moment: the indexes are made afterwards. */
function fill() {
  const indexes = superuser(`select indexname, indexdef from pg_indexes
    where tablename = 'photo_hash' and indexname ~ '_(low|middle|high|report)_idx$'`);
  superuser(`set session_replication_role = replica;
    set maintenance_work_mem = '256MB';
    alter table crm.photo_hash drop constraint photo_hash_pkey;
    ${indexes.map(([name]) => `drop index crm.${name};`).join("\n")}
    insert into crm.photo_hash (photo_id, report_id, is_proof, whole, quarters)
    select gen_random_uuid(), gen_random_uuid(), true,
	(random() * 4294967295)::bigint << 32 # (random() * 4294967295)::bigint, array[n, n, n, n]::bigint[]
    from generate_series(1, ${ROWS}) n;
    alter table crm.photo_hash add constraint photo_hash_pkey primary key (photo_id);
    ${indexes.map(([, text]) => `${text};`).join("\n")}`);
  superuser("vacuum analyze crm.photo_hash");
}

function keep(words) {
  superuser(`set session_replication_role = replica;
    insert into crm.photo_hash (photo_id, report_id, is_proof, whole, quarters)
    values (gen_random_uuid(), gen_random_uuid(), true, ${words[0]}, array[${words.slice(2, 6)}]::bigint[])`);
  return superuser(`select photo_id from crm.photo_hash where whole = ${words[0]} and is_proof and (whole & 2097151)::int = (${words[0]}::bigint & 2097151)::int`)[0][0];
}

/** Proofs that look the same, for each of a list of photos: Map of id → bits that differ. */
function lookUp(list) {
  const found = list.map(() => new Map());
  for (const [index, id, bits] of superuser(`select a.n, s.photo_id, s.bits
    from (values ${list.map((words, index) => `(${index}, ${literal(words)})`).join(",\n")}) a (n, words)
    cross join lateral crm.photo_same(a.words, null) s`)) found[index].set(id, Number(bits));
  return found;
}

/**
 * {wall, cpu}: milliseconds a look-up takes inside the database, in the median
 * and of the processor: the clock also counts what else the machine does.
 */
function times(list) {
  const rows = superuser(`create function pg_temp.ticks() returns int language sql as $$
	select sum(t::int)::int from unnest((string_to_array(
	    regexp_replace(pg_read_file('/proc/self/stat'), '.*\\) ', ''), ' '))[12:13]) t
    $$;
    create function pg_temp.took(words bigint[]) returns float8 language plpgsql as $$
    declare since timestamptz := clock_timestamp();
    begin
	perform from crm.photo_same(words, null);
	return extract(epoch from clock_timestamp() - since) * 1000;
    end $$;
    create temporary table asked as select words from (values
	${list.map((words) => `(${literal(words)})`).join(",\n\t")}) v (words), generate_series(1, ${REPEATS});
    select pg_temp.took(words || '{}') from asked limit 20;
    select 'ticks', pg_temp.ticks();
    select pg_temp.took(words || '{}') from asked;
    select 'ticks', pg_temp.ticks()`);
  // Rows of one result are parted by psql as sql() knows, results by a line.
  const lines = rows.map((row) => row.join(" ")).join("\n").split("\n");
  const [before, after] = lines.filter((line) => line.startsWith("ticks ")).map((line) => Number(line.slice(6)));
  const wall = lines.filter((line) => /^[\d.]+$/.test(line)).map(Number).slice(20).sort((a, b) => a - b);
  return { wall: wall[wall.length >> 1], cpu: (after - before) * TICK_MS / wall.length };
}

const each = (seeds, wish) => SCENES.flatMap((scene) => seeds.map((seed) => smaller(street({ scene, seed, ...wish }), WIDTH)));

/** Runs the cases; prints what was measured. */
export async function proofBench({ state }) {
  const hashed = async (picture) => hashOf(state, asJpeg(picture));
  const since = Date.now();
  fill();
  const filled = (Date.now() - since) / 1000;
  const pictures = each(SEEDS, {});
  const words = [];
  for (const one of pictures) words.push(await hashed(one));
  const ids = words.map(keep);
  const kinds = new Map();
  for (const [kind, floor, change] of CHANGES) {
    const tally = kinds.get(kind) ?? { floor, tried: 0, found: 0, bits: [], others: 0 };
    kinds.set(kind, tally);
    const changed = [];
    for (const one of pictures) changed.push(await hashOf(state, change(one)));
    for (const [index, same] of lookUp(changed).entries()) {
      tally.tried += 1;
      if (same.has(ids[index])) {
        tally.found += 1;
        tally.bits.push(same.get(ids[index]));
      }
      tally.others += [...same.keys()].filter((id) => id !== ids[index]).length;
    }
  }
  console.log(`\n${ROWS} proofs, made in ${filled.toFixed(0)} s`);
  console.log("copy               found     of   bits: median  most   others found");
  for (const [kind, { tried, found, bits, others }] of kinds) {
    bits.sort((a, b) => a - b);
    console.log(`${kind.padEnd(16)}${String(found).padStart(8)}${String(tried).padStart(7)}${String(bits[bits.length >> 1]).padStart(15)}${String(bits.at(-1)).padStart(6)}${String(others).padStart(15)}`);
  }
  for (const [kind, { floor, tried, found, others }] of kinds) {
    await test(`${kind}: ${found} of ${tried} copies are found (floor ${floor}), ${others} others`, () => {
      assert.ok(found >= floor * tried);
      assert.equal(others, 0);
    });
  }
  await test("streets elsewhere, and the same streets after the work, are not found", async () => {
    const others = [...each(["c", "d"], {}), ...each(SEEDS, { after: true })];
    const list = [];
    for (const one of others) list.push(await hashed(one));
    assert.deepEqual(lookUp(list).flatMap((same) => [...same.values()]), []);
  });
  const { wall, cpu } = times(words);
  await test(`a look-up of one photo among ${ROWS} takes ${cpu.toFixed(1)} ms of the processor (floor ${LOOK_UP_MS}), ${wall.toFixed(1)} by the clock`, () => {
    assert.ok(cpu < LOOK_UP_MS);
  });
}
