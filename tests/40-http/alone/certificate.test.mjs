// The server takes a new certificate without dropping anybody, and works with
// an RSA key as with an ECDSA one, over TLS 1.2 and 1.3.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finish, test } from "../../support/count.mjs";
import { instance, pidOf } from "../../support/instance.mjs";
import { serverChildren } from "../../support/processes.mjs";
import { open } from "../../support/raw.mjs";
import { waitFor } from "../../support/wait.mjs";

const crm = instance();
const folder = join(crm.state, "keymgr");
const scratch = mkdtempSync(join(tmpdir(), "crm-rsa-"));
const workers = serverChildren();
const openssl = (...args) => execFileSync("openssl", args, { stdio: ["ignore", "ignore", "ignore"] });
const health = `GET /healthz HTTP/1.1\r\nHost: localhost:${crm.port}\r\n\r\n`;

/** Puts a pair into the key manager's folder as the old one lay there, and asks for a reload. */
function install(certificate, key) {
  for (const [from, name] of [[certificate, "cert.pem"], [key, "key.pem"]]) {
    const to = join(folder, name);
    const { uid, gid, mode } = statSync(to);
    copyFileSync(from, `${to}.new`);
    chownSync(`${to}.new`, uid, gid);
    chmodSync(`${to}.new`, mode & 0o777);
    execFileSync("mv", [`${to}.new`, to]);
  }
  process.kill(pidOf("crmd"), "SIGUSR1");
}

async function kindOf(options) {
  const raw = await open(crm, options);
  const certificate = raw.socket.getPeerCertificate();
  raw.end();
  return certificate.modulus ? "RSA" : "EC";
}

for (const name of ["cert.pem", "key.pem"]) copyFileSync(join(folder, name), join(scratch, `old-${name}`));
writeFileSync(join(scratch, "ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=critical,CA:false\n");
openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", join(scratch, "rsa.key"), "-subj", "/CN=localhost", "-out", join(scratch, "rsa.csr"));
openssl("x509", "-req", "-in", join(scratch, "rsa.csr"), "-CA", join(crm.state, "keys/ca.pem"), "-CAkey", join(crm.state, "keys/ca.key"),
  "-set_serial", "77", "-days", "30", "-extfile", join(scratch, "ext"), "-out", join(scratch, "rsa.pem"));

const kept = await open(crm);
kept.send(health);
assert.equal((await kept.answer()).status, 200);

try {
  install(join(scratch, "rsa.pem"), join(scratch, "rsa.key"));
  await test("a new certificate is used after SIGUSR1, on every worker", async () => {
    await waitFor("the RSA certificate", async () => {
      const kinds = await Promise.all(Array.from({ length: 8 }, () => kindOf({})));
      return kinds.every((kind) => kind === "RSA");
    }, { seconds: 15, every: 200 });
  });
  for (const version of ["TLSv1.2", "TLSv1.3"]) {
    await test(`${version} with the RSA key`, async () => {
      for (let round = 0; round < 4; round += 1) {
        const raw = await open(crm, { minVersion: version, maxVersion: version });
        assert.equal(raw.socket.getProtocol(), version);
        assert.ok(raw.socket.getPeerCertificate().modulus, "an RSA key");
        raw.send(health);
        assert.equal((await raw.answer()).status, 200);
        raw.end();
      }
    });
  }
  await test("a connection from before goes on", async () => {
    kept.send(health);
    assert.equal((await kept.answer()).status, 200);
  });
} finally {
  install(join(scratch, "old-cert.pem"), join(scratch, "old-key.pem"));
  await waitFor("the old certificate", async () => (await kindOf({})) === "EC", { seconds: 15, every: 200 });
  rmSync(scratch, { recursive: true });
}

await test("nobody was restarted for it", () => assert.deepEqual(serverChildren(), workers));
kept.end();
finish();
