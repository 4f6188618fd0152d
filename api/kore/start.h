/*
 * From nothing to a running server and back: what Kore's hooks do.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_KORE_START_H
#define API_KORE_START_H

/* In the parent, as the user who started it, before anything else. */
void start_parent(int argc, char **argv);
/* In each worker, behind its sandbox. */
void start_worker(void);
/* In each worker that was told to stop: finishes what it began, 10 s long. */
void start_drain(void);

#endif
