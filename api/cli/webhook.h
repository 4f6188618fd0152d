/*
 * The part of crm channel that is about webhooks.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CLI_WEBHOOK_H
#define API_CLI_WEBHOOK_H

/* argv[0] is "webhook"; the exit status of the process. */
int webhook_run(int argc, char **argv);

#endif
