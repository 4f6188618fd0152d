/*
 * The sandbox of the child processes.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_KORE_SANDBOX_H
#define API_KORE_SANDBOX_H

/* Called by the parent: its children end with it. */
void sandbox_parent(void);

#endif
