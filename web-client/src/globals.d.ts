// Constants that build.mjs puts in.
// SPDX-License-Identifier: ISC
declare const __PHOTO_WORKER__: string;
declare const __VERSION__: string;
declare const __PRECACHE__: string[];
