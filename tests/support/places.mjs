// Places of Jakarta as this instance knows them.
//
// SPDX-License-Identifier: ISC

import { sql } from "./instance.mjs";

/** The kelurahan the tests use: those of the demo officers. */
export const KLENDER = "31.75.07.1003";
export const KARET_SEMANGGI = "31.74.02.1002";
/** Bogor: Indonesia, but not Jakarta. */
export const OUTSIDE = { lat: -6.595, lng: 106.8166 };

/**
 * For each kelurahan code a point that lies in it and in no other, and the
 * name of its unit: Map code → {lat, lng, kelurahan, unit}.
 */
export function pointsIn(codes) {
  const list = codes.map((code) => `'${code.replace(/[^0-9.]/g, "")}'`).join(",");
  const rows = sql(`
    with own as (
      select s.area_code, ext.st_difference(s.shape, coalesce((
        select ext.st_union(o.shape) from crm.area_shape o
        where o.level = 'kelurahan' and o.area_code <> s.area_code and ext.st_intersects(o.shape, s.shape)),
        ext.st_geomfromtext('POLYGON EMPTY', 4326))) as shape
      from crm.area_shape s where s.area_code in (${list}))
    select own.area_code, ext.st_y(p.p), ext.st_x(p.p), a.name, u.name
    from own cross join lateral (select ext.st_pointonsurface(own.shape) as p) p
    join crm.area a on a.code = own.area_code
    join crm.unit u on u.area_code = own.area_code and u.kind = 'kelurahan'`);
  return new Map(rows.map(([code, lat, lng, kelurahan, unit]) =>
    [code, { lat: Number(lat), lng: Number(lng), kelurahan, unit }]));
}

/** {lat, lng, kelurahan, unit} of one kelurahan. */
export function pointIn(code) {
  return pointsIn([code]).get(code);
}
