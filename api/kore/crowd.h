/*
 * Makes room when a worker is nearly full: whoever was silent longest goes.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_KORE_CROWD_H
#define API_KORE_CROWD_H

/* Now and then, on the event loop. */
void crowd_thin(void);

#endif
