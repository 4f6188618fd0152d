/*
 * Puts the guard in front of Kore's own parser and our problem answers in
 * place of Kore's empty ones.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_KORE_GUARD_INSTALL_H
#define API_KORE_GUARD_INSTALL_H

struct connection;

/* The answer is queued: the connection may be read again. */
void guard_next(struct connection *);

#endif
