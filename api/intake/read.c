/*
 * crm intake read: one mail from standard input, frames to standard output.
 * A process of its own for each mail, started anew so that it has nothing in
 * its memory, and nothing it may do but compute.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/read.h"

#include <sys/types.h>

#include <errno.h>
#include <unistd.h>

#include "cli/cli.h"
#include "intake/message.h"
#include "media/sandbox.h"

#define NOBODY 65534

static enum err
all_write(const uint8_t *data, size_t len)
{
	while (len > 0) {
		ssize_t done = write(STDOUT_FILENO, data, len);

		if (done < 0 && errno != EINTR) {
			return ERR_UNAVAILABLE;
		}
		if (done > 0) {
			data += done;
			len -= (size_t)done;
		}
	}
	return OK;
}

int
read_main(void)
{
	const struct sandbox_user who = {
	    geteuid() == 0 ? NOBODY : 0, geteuid() == 0 ? NOBODY : 0};
	pid_t parent = getppid();
	struct buf mail;
	struct buf out;
	enum err err;

	buf_init(&mail, READ_BYTES_MAX);
	buf_init(&out, READ_BYTES_MAX);
	err = cli_read(&mail, "-");
	if (err == OK) {
		message_start();
		err = sandbox_enter_blind(&who, parent);
	}
	if (err == OK) {
		sandbox_clock_start();
		err = message_read(&out, mail.data, mail.len);
	}
	if (err == OK) {
		err = all_write(out.data, out.len);
	}
	buf_clear(&mail);
	buf_clear(&out);
	return err == OK ? CLI_DONE : CLI_FAILED;
}
