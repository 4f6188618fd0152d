/*
 * Entries of the lists that readers edit themselves: words, days off, views,
 * templates, channels. They hold nothing about any report.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CALL_LISTED_H
#define API_CALL_LISTED_H

#include "call/call.h"

/* 201 with the one row of the first statement as member. */
must_check enum err
listed_added(struct call *, const char *member, enum policy_table);
/* 200 with it: what it is now. */
must_check enum err
listed_edited(struct call *, const char *member, enum policy_table);
/* Asks to delete the entry that the path's {id} names. */
must_check enum err listed_delete_ask(struct call *, enum db_statement);
must_check enum err listed_delete_answer(struct call *);

#endif
