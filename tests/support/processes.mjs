// The processes of an instance.
//
// SPDX-License-Identifier: ISC

import { readFileSync, readdirSync } from "node:fs";
import { pidOf } from "./instance.mjs";

function parents() {
  const found = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      found.push([Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])]);
    } catch {
      // ended meanwhile
    }
  }
  return found;
}

/** Direct children of a process, sorted. */
export function childrenOf(pid) {
  return parents().filter(([, parent]) => parent === pid).map(([child]) => child).sort((a, b) => a - b);
}

/** A process and all below it. */
export function familyOf(pid) {
  const all = parents();
  const family = [pid];
  for (const one of family) family.push(...all.filter(([, parent]) => parent === one).map(([child]) => child));
  return family;
}

/** Workers and key manager of the server. */
export function serverChildren() {
  return childrenOf(pidOf("crmd"));
}
