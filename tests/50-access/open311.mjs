// How matrix.test.mjs calls the operations of Open311, where everybody is the
// public; open311.test.mjs looks at them closely.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";

/** Recipes as those of matrix.test.mjs, by operation. */
export const open311Recipes = ({ checkObject, others, PUBLIC }) => ({
  ...Object.fromEntries(["discovery_above", "discovery_open"].map((operation) => [operation, {
    path: () => (operation === "discovery_open" ? "/open311/v2/discovery.json" : "/open311/discovery.json"),
    check: (json) => assert.deepEqual(Object.keys(json), ["changeset", "contact", "key_service", "endpoints"]),
  }])),
  service_list: {
    path: () => "/open311/v2/services.json",
    check: (json, reader) => { for (const item of json) checkObject(item, others.get("SERVICE"), reader.wire ? reader : PUBLIC, "public", true); },
  },
  request_list: {
    path: () => "/open311/v2/requests.json?extensions=true",
    check: (json, reader, { report, visibility }) => {
      for (const item of json) checkObject(item, others.get("REQUEST"), PUBLIC, "public", false);
      assert.equal(json.some((item) => item.service_request_id === report.id), visibility === "public");
    },
  },
  request_open: {
    path: ({ report }) => `/open311/v2/requests/${report.id}`,
    good: (reader, { visibility }) => (visibility === "public" ? 200 : 404),
    check: (json) => assert.equal(json, undefined, "XML"),
  },
  service_open: {
    path: () => "/open311/v2/services/pohon.json",
    check: (json) => {
      assert.deepEqual(Object.keys(json), ["service_code", "attributes"]);
      for (const { values, ...rest } of json.attributes) {
        checkObject(rest, others.get("ATTRIBUTE"), PUBLIC, "public", false);
        for (const item of values) checkObject(item, others.get("CHOICE"), PUBLIC, "public", false);
      }
    },
  },
  // Nobody has a token but who sent the request.
  token_open: { path: ({ report }) => `/open311/v2/tokens/${report.id}`, good: 404, check: (json) => assert.equal(json, undefined) },
  // Who sends is told by the form; neither a session nor a token is a key.
  request_add: {
    path: () => "/open311/v2/requests.json", good: 403, check: (json) => assert.equal(json, undefined),
    body: () => ({ type: "application/x-www-form-urlencoded", data: Buffer.from("service_code=pajak&lat=-6.2&long=106.8") }),
  },
  // No id leads to a photo there.
  request_photo: { good: 404, check: (json) => assert.equal(json, undefined) },
});
