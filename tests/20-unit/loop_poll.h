/*
 * The event loop of kore/loop.h for tests: poll(2) instead of Kore.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TESTS_LOOP_POLL_H
#define TESTS_LOOP_POLL_H

#include <stdbool.h>
#include <stdint.h>

/* Runs until is_done(arg), or deadline_ms; returns whether it is done. */
bool loop_poll_run(bool (*is_done)(void *arg), void *arg, int64_t deadline_ms);

#endif
