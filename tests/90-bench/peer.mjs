// Starts the Fastify peer beside the instance, as the user the server has.
//
// SPDX-License-Identifier: ISC
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { openSync, writeFileSync } from "node:fs";
import { Client } from "../support/client.mjs";
import { waitFor } from "../support/wait.mjs";

const here = dirname(fileURLToPath(import.meta.url));

const portFree = () => new Promise((resolve) => {
  const server = createServer();
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** Stops it and resolves when nothing of it is left. */
function ended(child) {
  const end = new Promise((resolve) => { child.once("exit", resolve); });
  child.kill("SIGTERM");
  return end;
}

/** Resolves with {url, pid, stop}. work: a directory with key.pem, cert.pem, photos/. */
export async function peerStart(at, work) {
  const port = await portFree();
  const jaki = at.channel("jaki");
  const publicKey = join(work, "channel.pem");
  writeFileSync(publicKey, execFileSync("openssl", ["pkey", "-in", jaki.private_key_file, "-pubout"]), { mode: 0o644 });
  const user = process.getuid() === 0 ?
    ["setpriv", "--reuid=crm-api", "--regid=crm-api", "--init-groups", "--"] : [];
  const [program, ...rest] = [...user, process.execPath, join(here, "peer/server.mjs")];
  const log = openSync(join(work, "peer.log"), "w", 0o644);
  const child = spawn(program, rest, {
    cwd: "/",
    stdio: ["ignore", log, log],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PEER_PORT: String(port),
      PEER_SOCKET: join(at.state, "jail/run"),
      PEER_PHOTOS: join(work, "photos"),
      PEER_CHANNEL_KEY: publicKey,
      PEER_TLS_KEY: join(work, "key.pem"),
      PEER_TLS_CERT: join(work, "cert.pem"),
    },
  });
  const url = `https://localhost:${port}`;
  const client = new Client({ baseUrl: url, ca: at.ca });
  await waitFor("the peer", async () => (await client.get("/hello")).status === 200, { seconds: 20 });
  client.close();
  return { url, pid: child.pid, stop: () => ended(child) };
}
