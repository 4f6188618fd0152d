// The plain port of an instance: metrics and health, for this machine only.
//
// SPDX-License-Identifier: ISC

import { request } from "node:http";

/** An answer of the metrics port as {status, headers, text}. */
export function local(instance, path) {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port: instance.metricsPort, path }, (response) => {
      let text = "";
      response.on("data", (piece) => { text += piece; });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    }).on("error", reject).end();
  });
}
