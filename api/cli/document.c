/*
 * crm access, crm errors: pages of docs/ printed from the tables the server
 * runs on.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "cli/cli.h"
#include "core/buf.h"
#include "policy/policy.h"
#include "policy/problem.h"

#define DOCUMENT_MAX (1024u * 1024)

static int
print_page(int argc, char **argv, void (*document)(struct buf *))
{
	struct buf out;
	int result = CLI_DONE;

	if (argc != 1)
		return cli_usage(argv[0]);
	buf_init(&out, DOCUMENT_MAX);
	document(&out);
	if (out.failed || fwrite(out.data, 1, out.len, stdout) != out.len ||
	    fflush(stdout) != 0)
		result = cli_fail("cannot write");
	buf_clear(&out);
	return result;
}

int
access_main(int argc, char **argv)
{
	return print_page(argc, argv, policy_document);
}

int
errors_main(int argc, char **argv)
{
	return print_page(argc, argv, policy_problem_document);
}
