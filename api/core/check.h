/*
 * Assertions for what only our own bug can cause. Always compiled in. Never on
 * anything a client, a file or the database can send.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_CHECK_H
#define API_CORE_CHECK_H

/* Logs the rule that was broken and aborts. */
_Noreturn void check_failed(const char *rule, const char *file, int line);

#define must(condition, rule)                                                  \
	((condition) ? (void)0 : check_failed(rule, __FILE__, __LINE__))

#endif
