/*
 * Which of our two languages a reader asks for.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_LANGUAGE_H
#define API_HTTP_LANGUAGE_H

#include <stddef.h>

#include "core/lang.h"

/* The value of Accept-Language: Indonesian when it stands before English (by
 * weight, then by place), else English. text may be NULL. */
enum lang language_choose(const char *text, size_t len);

#endif
