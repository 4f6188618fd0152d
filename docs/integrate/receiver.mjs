// A receiver of webhooks to begin with: prints each event whose signature is
// good, once, and answers at once. Usage: WEBHOOK_SECRET=whsec_… node receiver.mjs PORT
//
// SPDX-License-Identifier: ISC

import { createServer } from "node:http";
import { verifyWebhook } from "./crm.mjs";

const BODY_MAX = 65_536;
const port = Number(process.argv[2]);
const secrets = (process.env.WEBHOOK_SECRET ?? "").split(" ").filter(Boolean);
if (!port || secrets.length === 0) {
  process.stderr.write("usage: WEBHOOK_SECRET=whsec_… node receiver.mjs PORT\n");
  process.exit(2);
}
// In memory for the example; a real receiver keeps them with its data.
const seen = new Set();

async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_MAX) throw new Error("webhook: too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

const server = createServer(async (request, response) => {
  try {
    const { id, type, report } = verifyWebhook(secrets, request.headers, await read(request));
    if (!seen.has(id)) process.stdout.write(`${type} ${report.ticket} ${report.status} ${report.version}\n`);
    seen.add(id);
    response.writeHead(204).end();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    response.writeHead(400).end();
  }
});
server.listen(port, "127.0.0.1", () => process.stdout.write(`waiting on http://127.0.0.1:${port}/\n`));
