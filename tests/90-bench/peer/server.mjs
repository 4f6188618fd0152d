// The same work as crmd's inbox, report and intake, written the way a good
// team would with Fastify, pg and sharp: two processes, TLS, keep-alive, the
// same database functions in one transaction, redaction by an allow-list, and
// photos re-encoded in two sizes and fsynced. Only the benchmark uses it.
//
// SPDX-License-Identifier: ISC
import cluster from "node:cluster";
import crypto from "node:crypto";
import fs from "node:fs/promises";
import { readFileSync } from "node:fs";
import path from "node:path";
import cookie from "@fastify/cookie";
import multipart from "@fastify/multipart";
import Fastify from "fastify";
import pg from "pg";
import sharp from "sharp";

const env = process.env;
const roles = ["officer", "supervisor", "triage", "validator"];
const labels = {
  private: "The report is private. Do not share the information in this report with anyone",
  public: "Do not share the information in this report with anyone",
};

/** @param {string} level */
const confidentiality = (level) => ({ level, label: labels[level] });

/** What an officer may see of a row; nothing else is copied. */
function reportOf(row) {
  const isPublic = row.visibility === "public";
  return {
    id: row.id,
    ticket: row.ticket,
    visibility: row.visibility,
    status: row.status,
    version: row.version,
    confidentiality: confidentiality(isPublic ? "public" : "private"),
    category: row.category_code && { code: row.category_code, name: row.category_name },
    description: row.description,
    location: row.lat === null ? null : {
      lat: row.lat,
      lng: row.lng,
      accuracy_m: row.accuracy_m ?? undefined,
      address: row.address ?? undefined,
      kelurahan: row.kelurahan_code && { code: row.kelurahan_code, name: row.kelurahan_name },
    },
    unit: { id: row.unit_id, name: row.unit_name },
    received_at: row.received_at,
    due_at: row.due_at,
    overdue: row.overdue,
    reporter: isPublic ? { anonymous: true } : { locked: true },
    photos: isPublic ? { locked: false, items: photosOf(row) } : { locked: true },
    ...workOf(row),
    redacted: ["reporter", ...(isPublic ? [] : ["photos"]), ...(row.by_own_unit ? [] : ["officer.id", "officer.name"])],
  };
}

/** What the work on it brought; undefined members are not sent. */
function workOf(row) {
  return {
    held_for: row.held_for?.length > 0 ? row.held_for : undefined,
    officer: row.by_own_unit && row.officer_id ? { id: row.officer_id, name: row.officer_name } : undefined,
    paused: row.paused,
    schedule: row.schedule_until ? { until: row.schedule_until, approved: row.schedule_approved } : undefined,
    returns: row.returns,
    reopened: row.reopened,
    me_too: row.me_too,
    stars: row.stars ?? undefined,
    completed_at: row.completed_at ?? undefined,
    reason_code: row.reason_code ?? undefined,
    main: row.main_id ? { id: row.main_id, ticket: row.main_ticket, status: row.main_status } : undefined,
    merged: row.merged,
    second_open: row.second_open,
    links: row.link_id?.map((id, i) => ({ id, ticket: row.link_ticket[i] })),
    steps: row.steps ?? undefined,
  };
}

function photosOf(row) {
  return row.photo_id.map((id, i) => ({
    id,
    width: row.photo_width[i],
    height: row.photo_height[i],
    thumb: `/api/v1/photos/${id}?size=thumb`,
    full: `/api/v1/photos/${id}?size=full`,
  }));
}

/** Runs work in one transaction as the viewer that enter names. */
async function within(pool, enter, work) {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(enter);
    const result = await client.query(work);
    await client.query("commit");
    return result.rows;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

function sessionEnter(request) {
  const token = request.cookies["__Host-crm"] ?? "";
  return {
    name: "session_enter",
    text: "select * from api.session_enter($1::bytea, $2::text[], $3::text)",
    values: [crypto.createHash("sha256").update(token).digest(), roles, request.id],
  };
}

function head(reply, level) {
  reply.header("x-confidentiality", level).header("cache-control", "no-store");
}

async function inbox(pool, request, reply) {
  const limit = Number(request.query.limit ?? 25);
  const rows = await within(pool, sessionEnter(request), {
    name: "report_list",
    text: "select * from api.report_list(null,null,null,null,null,null,null,null,'due_at',null,null,$1)",
    values: [limit],
  });
  const items = rows.slice(0, limit).map(reportOf);
  const level = items.some((item) => item.visibility !== "public") ? "private" : "public";
  head(reply, level);
  return { confidentiality: confidentiality(level), items, next_cursor: null };
}

async function open(pool, request, reply) {
  const rows = await within(pool, sessionEnter(request), {
    name: "report_open",
    text: "select * from api.report_open($1)",
    values: [request.params.id],
  });
  if (rows.length === 0)
    return reply.code(404).send({ status: 404 });
  const report = reportOf(rows[0]);
  head(reply, report.confidentiality.level);
  return { confidentiality: report.confidentiality, report };
}

/** A file that is durable before its name is. */
async function store(bytes) {
  const name = crypto.createHash("sha256").update(bytes).digest("hex");
  const target = path.join(env.PEER_PHOTOS, name);
  const temporary = `${target}.${crypto.randomUUID()}`;
  const file = await fs.open(temporary, "wx", 0o600);
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await fs.rename(temporary, target);
  const folder = await fs.open(env.PEER_PHOTOS);
  await folder.sync();
  await folder.close();
  return name;
}

async function pictures(bytes) {
  const full = await sharp(bytes).rotate()
    .resize(1600, 1600, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 82 }).toBuffer({ resolveWithObject: true });
  const thumb = await sharp(full.data).resize(480, 480, { fit: "inside" })
    .jpeg({ quality: 75 }).toBuffer();
  return {
    id: crypto.randomUUID(),
    full: await store(full.data),
    thumb: await store(thumb),
    width: full.info.width,
    height: full.info.height,
  };
}

/** Verifies the channel's ES256 token as crmd does. */
function channelOf(request, key) {
  const [header, payload, signature] = (request.headers.authorization ?? "").slice(7).split(".");
  const good = crypto.verify("sha256", Buffer.from(`${header}.${payload}`),
    { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature ?? "", "base64url"));
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  if (!good || claims.exp * 1000 < Date.now())
    throw Object.assign(new Error("unauthenticated"), { statusCode: 401 });
  return JSON.parse(Buffer.from(header, "base64url").toString()).kid;
}

async function intake(pool, key, request, reply) {
  const kid = channelOf(request, key);
  const photos = [];
  let report = {};
  for await (const part of request.parts()) {
    if (part.type === "file")
      photos.push(await pictures(await part.toBuffer()));
    else
      report = typeof part.value === "string" ? JSON.parse(part.value) : part.value;
  }
  const sha = (text) => crypto.createHash("sha256").update(text).digest();
  const secret = crypto.randomBytes(32);
  const nonce = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv("aes-256-gcm", secret, nonce);
  const sealed = Buffer.concat([nonce, cipher.update(JSON.stringify(report.reporter ?? {})),
    cipher.final(), cipher.getAuthTag()]);
  const rows = await within(pool, {
    name: "channel_enter",
    text: "select * from api.channel_enter($1, $2)",
    values: [kid, request.id],
  }, {
    name: "report_add",
    text: "select a.replayed, (a.report).* from api.report_add($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12," +
      "$13,$14,$15,$16,$17,$18,$19,$20,$21,$22) a",
    values: [sha(request.headers["idempotency-key"]), sha(JSON.stringify(report)), crypto.randomUUID(),
      "public", report.category, report.description, report.description, report.location.lat,
      report.location.lng, null, null, null, null, "0000000000000000", crypto.randomBytes(126), sealed,
      photos.map((p) => p.id), photos.map((p) => p.full), photos.map((p) => p.thumb),
      photos.map((p) => p.width), photos.map((p) => p.height), false],
  });
  head(reply.code(201), "public");
  return { confidentiality: confidentiality("public"), report: reportOf(rows[0]) };
}

async function serve() {
  const connect = (user) => new pg.Pool({ host: env.PEER_SOCKET, database: "crm", user, max: 4 });
  const officers = connect("crm_officer");
  const channels = connect("crm_channel");
  const key = crypto.createPublicKey(readFileSync(env.PEER_CHANNEL_KEY));
  const app = Fastify({
    https: { key: readFileSync(env.PEER_TLS_KEY), cert: readFileSync(env.PEER_TLS_CERT) },
    logger: { level: "error" },
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: 10 * 1024 * 1024 } });
  app.get("/hello", async () => ({ status: "alive" }));
  app.get("/api/v1/reports", (request, reply) => inbox(officers, request, reply));
  app.get("/api/v1/reports/:id", (request, reply) => open(officers, request, reply));
  app.post("/api/v1/reports", (request, reply) => intake(channels, key, request, reply));
  await app.listen({ host: "127.0.0.1", port: Number(env.PEER_PORT) });
}

if (cluster.isPrimary) {
  for (let i = 0; i < Number(env.PEER_WORKERS ?? 2); i++)
    cluster.fork();
  // The last worker to end takes us with it.
  process.on("SIGTERM", () => Object.values(cluster.workers).forEach((worker) => worker.process.kill("SIGKILL")));
} else {
  await serve();
}
