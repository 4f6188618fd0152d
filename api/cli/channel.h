/*
 * What the actions of crm channel share. An action is channel_name(argc,
 * argv) with its own name in argv[0].
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CLI_CHANNEL_H
#define API_CLI_CHANNEL_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Reads NAME and options: val of an option is its place in values, which gets
 * its text, or "" when it takes none. False for a wrong use.
 */
bool channel_arguments(const char **name, const char **values, int argc,
    char **argv, const struct option *options);
/* One function of the owner; no answer, or null, fails with that remark. */
int channel_ask(const char *text, const char *const *params, size_t count,
    const char *remark);
/* One function of the owner, its rows printed one a line, tabs between. */
int channel_print(
    const char *text, const char *const *params, size_t count, size_t columns);

/* key NAME: adds one or all of a set, or retires one. */
int channel_key(int argc, char **argv);

/* apikey NAME: makes one for clients of Open311, or retires one. */
int channel_apikey(int argc, char **argv);

#endif
