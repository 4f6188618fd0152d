// Runs the files of this suite side by side; the search for secrets comes
// last and alone, so that it sees what all others left behind.
//
// SPDX-License-Identifier: ISC

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { finish } from "../support/count.mjs";
import { filesOf, runFiles } from "../support/journeys.mjs";

const here = dirname(fileURLToPath(import.meta.url));

await runFiles(filesOf(here), 3);
await runFiles(filesOf(join(here, "last")), 1);
finish();
