/*
 * What was parsed does not stay behind in freed memory: looks through all
 * writable memory of this process for a word that was only in the JSON.
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/json.h"

#define WORD_LEN 16
#define CHUNK    (1u << 16)

static uint8_t chunk[CHUNK];

/* The word, made at run time so that it stands nowhere else. */
static void
word_make(char out[WORD_LEN + 1])
{
	int i;

	for (i = 0; i < WORD_LEN; i++)
		out[i] = (char)('a' + (i * 7 + 3) % 26);
	out[WORD_LEN] = '\0';
}

/* How often it stands in [from, to), read through fd in overlapping chunks. */
static size_t
count_in(int fd, uintptr_t from, uintptr_t to, const char *word)
{
	size_t found = 0;
	ssize_t len, i;

	for (; from < to; from += CHUNK - WORD_LEN) {
		len = pread(fd, chunk, to - from < CHUNK ? to - from : CHUNK,
		    (off_t)from);
		for (i = 0; i + WORD_LEN <= len; i++)
			if (memcmp(chunk + i, word, WORD_LEN) == 0)
				found++;
	}
	return found;
}

/* In all writable memory but the chunk we read into and the word itself. */
static size_t
count_everywhere(const char *word)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	int fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	unsigned long from, to;
	char line[512], *end;
	size_t found = 0;

	assert_non_null(maps);
	assert_true(fd >= 0);
	while (fgets(line, sizeof(line), maps) != NULL) {
		from = strtoul(line, &end, 16);
		to = strtoul(end + 1, &end, 16);
		/* The heap; the shadow of the sanitizer holds no words. */
		if (strncmp(end, " rw", 3) == 0 &&
		    (strstr(line, "[heap]") != NULL ||
			(strchr(line, '/') == NULL &&
			    strstr(line, "[stack]") == NULL &&
			    to - from < (1ul << 28))))
			found += count_in(fd, from, to, word);
	}
	(void)fclose(maps);
	(void)close(fd);
	(void)memset(chunk, 0, sizeof(chunk));
	return found;
}

static void
a_deleted_body_leaves_nothing_behind(void **state)
{
	char word[WORD_LEN + 1], text[64];
	cJSON *root = NULL;

	(void)state;
	word_make(word);
	(void)snprintf(text, sizeof(text), "{\"name\":\"%s\"}", word);
	assert_int_equal(json_parse(&root, text, strlen(text)), OK);
	/* The search does find it while it is there. */
	assert_true(count_everywhere(word) > 0);
	cJSON_Delete(root);
	assert_int_equal(count_everywhere(word), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_deleted_body_leaves_nothing_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
