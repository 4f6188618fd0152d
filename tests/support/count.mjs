// Counts the cases of a suite and prints its closing line.
//
//   await test("what is true", async () => { assert.equal(…) });
//   skip("what it would need");
//   finish();
//
// SPDX-License-Identifier: ISC

let passed = 0;
let failed = 0;
let skipped = 0;

/** Runs one case. A case that throws is failed and the suite goes on. */
export async function test(name, body) {
  try {
    await body();
    passed += 1;
    console.log(`ok - ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok - ${name}`);
    console.log(String(error?.stack ?? error).replace(/^/gm, "    "));
  }
}

/** Notes a case that cannot run here, and why. */
export function skip(name, why) {
  skipped += 1;
  console.log(`skip - ${name}: ${why}`);
}

/** Adds the numbers of a part that counted by itself. */
export function add(numbers) {
  passed += numbers.passed;
  failed += numbers.failed;
  skipped += numbers.skipped ?? 0;
}

/** Prints the closing line and sets the exit status. */
export function finish() {
  const tail = skipped > 0 ? `, ${skipped} skipped` : "";
  console.log(`${passed} passed, ${failed} failed${tail}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
