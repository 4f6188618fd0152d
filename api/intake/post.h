/*
 * A report handed in at the API by one of its clients, us: over HTTPS, with
 * the channel's token, so that filter, sealing and masking are the same for
 * all that comes.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_POST_H
#define API_INTAKE_POST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/door.h"
#include "core/err.h"
#include "core/hash.h"

#define POST_PHOTOS_MAX 5
#define POST_KEY_LEN    80
#define POST_TEXT_MAX   ((size_t)64 * 1024)

enum post_verdict {
	POST_TAKEN,
	POST_AGAIN, /* it had been taken in before */
	POST_REFUSED, /* for what it is: codes says why */
	POST_LATER, /* nothing wrong with it: try again */
	POST_SHUT, /* the API does not let this channel in */
	POST_VERDICT__COUNT
};

struct post_photo {
	const uint8_t *data;
	size_t len;
};

struct post_report {
	const char *json;
	char key[POST_KEY_LEN];
	struct post_photo photo[POST_PHOTOS_MAX];
	size_t photo_count;
};

/* Nothing personal: all of it may be logged. */
struct post_answer {
	enum post_verdict verdict;
	long status; /* 0: nobody answered */
	int64_t wait_s; /* what Retry-After asked for */
	char ticket[24];
	char codes[256]; /* "/description too_long, …" */
	unsigned bad_photos; /* bit n: photo n cannot be read */
	bool is_only_photos; /* nothing but photos was refused */
	bool is_key_reused; /* another report had the same key */
};

struct post;

/* The door outlives it. Says what went wrong. */
must_check enum err post_new(struct post **, const struct door *);
void post_free(struct post *);
/*
 * One report; answer is always set. Photos that the API cannot read are left
 * out in a second try, because words are worth more than a picture.
 */
void post_send(struct post_answer *, struct post *, struct post_report *);
/* prefix and a digest of all that follows, as an Idempotency-Key. */
void post_key(char out[POST_KEY_LEN], const char *prefix, struct hash *);
/* "taken", …; static text. */
const char *post_verdict_name(enum post_verdict);

#endif
