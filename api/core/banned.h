/*
 * Functions that do not compile here. Forced into every one of our files by
 * the build (-include), before anything else; that is also why _GNU_SOURCE is
 * set here.
 *
 * Some functions have one home, where they are allowed again. A home says so
 * at its top, after its includes, with the reason: #undef malloc. Nobody else
 * may; tests/10-layout looks.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_BANNED_H
#define API_CORE_BANNED_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

/* What declares them comes first: after this the names are gone. */
#include <alloca.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

/* No bounds. */
#pragma GCC poison strcpy strcat strncpy strncat stpcpy sprintf vsprintf gets
/* Hidden state or no error result. */
#pragma GCC poison strtok atoi atol atoll atof
#pragma GCC poison scanf sscanf fscanf vscanf vsscanf vfscanf
/* Read the zone files, which a jailed worker may not. */
#pragma GCC poison gmtime localtime ctime asctime localtime_r mktime
/* Races and shells. */
#pragma GCC poison mktemp tmpnam tempnam system popen
/* A call of these is an error outside the file that undefines them. */
void banned_use_core_heap(void)
    __attribute__((error("use core/heap.h or the call's arena")));
void banned_use_core_settings(void)
    __attribute__((error("use core/settings.h")));
void banned_use_core_clock(void) __attribute__((error("use core/clock.h")));
void banned_use_core_random(void) __attribute__((error("use core/random.h")));
/* Home of setjmp: the photo decoders, whose libraries report errors by it. */
void banned_stack(void) __attribute__((error("no jumps, no stack memory")));

/* Their headers come later, so the names cannot be poisoned yet. */
struct cJSON;
struct pg_conn;
struct cJSON *cJSON_GetObjectItem(const struct cJSON *, const char *)
    __attribute__((error("use cJSON_GetObjectItemCaseSensitive")));
char *cJSON_Print(const struct cJSON *)
    __attribute__((error("use cJSON_PrintUnformatted")));
struct pg_result *PQexec(struct pg_conn *, const char *)
    __attribute__((error("parameters only: PQexecParams, PQsendQuery*")));

#undef alloca
#undef setjmp

#define malloc(len)           banned_use_core_heap()
#define calloc(count, len)    banned_use_core_heap()
#define realloc(memory, len)  banned_use_core_heap()
#define free(memory)          banned_use_core_heap()
#define getenv(name)          banned_use_core_settings()
#define time(out)             banned_use_core_clock()
#define rand()                banned_use_core_random()
#define srand(seed)           banned_use_core_random()
#define alloca(len)           banned_stack()
#define setjmp(place)         banned_stack()
#define longjmp(place, value) banned_stack()

#endif
