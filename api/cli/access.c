/*
 * crm access: prints who may see what, from the tables the server runs on.
 * docs/access.md is this output.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "cli/cli.h"
#include "core/buf.h"
#include "policy/policy.h"

#define DOCUMENT_MAX (1024u * 1024)

int
access_main(int argc, char **argv)
{
	struct buf out;
	int result = CLI_DONE;

	if (argc != 1)
		return cli_usage(argv[0]);
	buf_init(&out, DOCUMENT_MAX);
	policy_document(&out);
	if (out.failed || fwrite(out.data, 1, out.len, stdout) != out.len ||
	    fflush(stdout) != 0)
		result = cli_fail("cannot write");
	buf_clear(&out);
	return result;
}
