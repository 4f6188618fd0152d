/*
 * The two languages every text for people exists in.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_LANG_H
#define API_CORE_LANG_H

enum lang { LANG_EN, LANG_ID, LANG__COUNT };

#endif
