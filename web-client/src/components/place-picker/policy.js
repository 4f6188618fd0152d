// @ts-check
// Stands before the map's library, which writes its one constant on loading.
// SPDX-License-Identifier: ISC
import { trustMap } from "../../trusted.js";

trustMap();
