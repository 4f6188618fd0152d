// The faults of one instance, then the starts and stops of others.
//
// SPDX-License-Identifier: ISC
import { finish } from "../support/count.mjs";

await import("./faults.mjs");
await import("./starts.mjs");
finish();
