/*
 * crmd: the functions that Kore, whose main() runs, looks for by name.
 *
 * SPDX-License-Identifier: ISC
 */
#include <kore/kore.h>

#include <kore/hooks.h>

#include "kore/start.h"

/* A program without a configuration of its own inside: start.c writes one. */
u_int8_t asset_builtin_kore_conf[] = "";
u_int32_t asset_len_builtin_kore_conf = 0;

void
kore_parent_configure(int argc, char **argv)
{
	start_parent(argc, argv);
}

void
kore_worker_configure(void)
{
	start_worker();
}

void
kore_worker_teardown(void)
{
	start_drain();
}
