// @ts-check
// The one way text becomes page: tagged templates that escape by default.
// SPDX-License-Identifier: ISC
import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
