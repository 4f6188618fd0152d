// Without its database the server still answers, and says of every operation
// that it is away. The requests are the examples of docs/openapi.yaml.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { finish, test } from "../../support/count.mjs";
import { database, databaseStart } from "../../support/database.mjs";
import { instance } from "../../support/instance.mjs";
import { described, plain, schemas } from "../../support/openapi.mjs";
import { channelOf, enterAs, stranger } from "../../support/people.mjs";
import { jpeg } from "../../support/pictures.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { add } from "../../support/reports.mjs";
import { addressOf } from "../../support/tables.mjs";
import { waitFor } from "../../support/wait.mjs";

const crm = instance();
const clients = { channel: channelOf(crm), session: await enterAs(crm, "officer", "Kelurahan Klender"), nobody: stranger(crm) };

/** A photo's address is sealed, so only one that was given out leads as far as the database. */
async function photoToken() {
  const photos = [jpeg({ width: 64, height: 48 })];
  const { id } = await add(clients.channel, pointIn(KLENDER), { visibility: "public" }, { photos });
  const [{ media_url: url }] = (await clients.nobody.get(`/open311/v2/requests/${id}.json`)).json;
  return url.split("/").pop();
}

/** The first example of a request's body, as the client sends it. */
function bodyOf({ requestBody }) {
  if (!requestBody) return undefined;
  const [type, { example, examples }] = Object.entries(requestBody.content)[0];
  const value = example ?? schemas.open(Object.values(examples)[0]).value;
  return type.endsWith("json") ? value : { type, data: Buffer.from(`${new URLSearchParams(value)}`) };
}

/** What a client must send with it, from the examples too. */
function requestOf({ path, parameters, operationId }) {
  const needed = (parameters ?? []).map((one) => schemas.open(one)).filter(({ in: place, required }) => place === "query" && required);
  const query = new URLSearchParams(needed.map(({ name, example }) => [name, example]));
  return addressOf(path, operationId === "request_photo" ? token : randomUUID()) + (needed.length > 0 ? `?${query}` : "");
}

const token = await photoToken();
const wanted = described.filter(({ responses }) => responses["503"]);
database("stop", "-m", "fast");
try {
  await test("each operation says so", async () => {
    await Promise.all(wanted.map(async (operation) => {
      const who = operation.security.flatMap((way) => Object.keys(way))[0] ?? "nobody";
      const answer = await clients[who].send(operation.method, requestOf(operation),
        { body: bodyOf(operation), headers: { "If-Match": '"1"', "Idempotency-Key": randomUUID() } });
      assert.equal(answer.status, 503, `${operation.operationId}: ${answer.text}`);
    }));
  });
  await test("the process itself lives", async () => assert.equal((await clients.nobody.get("/healthz")).status, 200));
} finally {
  databaseStart();
}

/** Whether a new connection, to whichever worker, is served by both logins. */
async function isServed() {
  const own = [channelOf(crm), stranger(crm, { cookie: `__Host-crm=${clients.session.token}` })];
  const answers = await Promise.all([own[0].get("/api/v1/categories"), own[1].get("/api/v1/session"), own[1].get("/readyz")]);
  for (const client of own) client.close();
  return answers.every(({ status }) => status === 200);
}

await test("all is well again without a restart, on every worker", () =>
  waitFor("twelve connections to be served", async () => (await Promise.all(Array.from({ length: 12 }, isServed))).every(Boolean), { seconds: 30 }));

for (const client of [plain, ...Object.values(clients)]) client.close();
finish();
