// @ts-check
// Names for what filters hold as codes: categories, units, kelurahan.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

import { categoryList, unitList } from "../../api.js";
import { statusName } from "../../components/status-tag/status-tag.js";
import { session } from "../../session.js";
import { t } from "../../t.js";

/** @typedef {import("../../filter.js").Filter} Filter */
/** @typedef {{value: string, name: string}} Option */

/** Names for filters, learned when first needed. */
export const names = signal({ who: "", categories: /** @type {Option[]} */ ([]), units: /** @type {Option[]} */ ([]) });

/** Without them the filter's lists are just shorter. */
export async function learnNames() {
  const who = session.value?.username ?? "";
  if (names.value.who === who) {
    return;
  }
  const seesUnits = ["supervisor", "triage", "validator"].includes(session.value?.role ?? "");
  const [all, held] = await Promise.all([categoryList(), seesUnits ? unitList() : []]);
  names.value = {
    who,
    categories: all.map(({ code, name }) => ({ value: code, name })),
    units: unitsBelow(held).map(({ id, name }) => ({ value: id, name })),
  };
}

/**
 * A supervisor sees the own unit and those below it; others see all.
 * @param {import("../../types.js").Unit[]} all
 */
function unitsBelow(all) {
  const own = session.value?.role === "supervisor" ? session.value.unit?.id : null;
  if (!own) {
    return all;
  }
  const seen = new Set([own]);
  let size = 0;
  while (size < seen.size) {
    size = seen.size;
    all.filter((unit) => unit.parent && seen.has(unit.parent)).forEach((unit) => seen.add(unit.id));
  }
  return all.filter((unit) => seen.has(unit.id));
}

/** The kelurahan that this list shows; the filter offers no others. @param {import("../../types.js").Report[]} items @param {Filter} filter */
export function areasOf(items, filter) {
  const found = new Map(filter.kelurahan ? [[filter.kelurahan, filter.kelurahan]] : []);
  for (const { location } of items) {
    if (location?.kelurahan) {
      found.set(location.kelurahan.code, location.kelurahan.name);
    }
  }
  const options = [...found].map(([value, name]) => ({ value, name }));
  return options.sort((a, b) => a.name.localeCompare(b.name));
}

/** @param {{name: string, value: string}} chip @param {Option[]} areas */
export function chipText({ name, value }, areas) {
  const named = (/** @type {Option[]} */ list) => list.find((one) => one.value === value)?.name ?? value;
  switch (name) {
    case "status":
      return statusName(value);
    case "visibility":
      return t(`filter.visibility.${value}`);
    case "assigned":
      return t(`filter.assigned.${value}`);
    case "overdue":
      return t("filter.overdue");
    case "category":
      return named(names.value.categories);
    case "unit":
      return named(names.value.units);
    default:
      return named(areas);
  }
}
