/*
 * The log: every line is JSON, whatever is put into it, and comes out once.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/heap.h"
#include "core/json.h"
#include "core/log.h"

/* Standard error goes to a file while a test writes. */
static int file = -1, before = -1;

static int
capture(void **state)
{
	char path[] = "/tmp/crm-test-log-XXXXXX";

	(void)state;
	file = mkstemp(path);
	before = dup(STDERR_FILENO);
	if (file == -1 || before == -1 || unlink(path) != 0 ||
	    dup2(file, STDERR_FILENO) == -1)
		return -1;
	log_start("test");
	return 0;
}

static int
restore(void **state)
{
	(void)state;
	log_flush();
	(void)dup2(before, STDERR_FILENO);
	(void)close(before);
	(void)close(file);
	return 0;
}

/* What has been written so far; to be freed. */
static char *
written(void)
{
	off_t len = lseek(file, 0, SEEK_END);
	char *text = heap_new((size_t)len + 1);

	assert_int_equal(pread(file, text, (size_t)len, 0), len);
	return text;
}

static size_t
lines(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

static void
a_line_is_json(void **state)
{
	char *text;
	cJSON *line = NULL;

	(void)state;
	log_event(LOG_LEVEL_WARNING, "request",
	    log_text("route", "report_open"), log_int("status", -404),
	    log_bool("is_replayed", true), log_text("unit", NULL));
	log_event(LOG_LEVEL_INFO, "bare");
	text = written();
	assert_string_equal(text, "");
	heap_free(text);
	log_flush();
	text = written();
	assert_int_equal(lines(text), 2);
	*strchr(text, '\n') = '\0';
	assert_int_equal(json_parse(&line, text, strlen(text)), OK);
	assert_string_equal(
	    cJSON_GetObjectItemCaseSensitive(line, "event")->valuestring,
	    "request");
	assert_string_equal(
	    cJSON_GetObjectItemCaseSensitive(line, "level")->valuestring,
	    "warning");
	assert_string_equal(
	    cJSON_GetObjectItemCaseSensitive(line, "process")->valuestring,
	    "test");
	assert_int_equal(
	    cJSON_GetObjectItemCaseSensitive(line, "status")->valueint, -404);
	assert_true(cJSON_IsTrue(
	    cJSON_GetObjectItemCaseSensitive(line, "is_replayed")));
	assert_true(
	    cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(line, "unit")));
	cJSON_Delete(line);
	heap_free(text);
}

static void
nothing_breaks_a_line(void **state)
{
	char nasty[400], *text, *line, *rest;
	cJSON *json;
	size_t at, n;

	(void)state;
	for (at = 0; at < 256; at++) {
		for (n = 0; n < sizeof(nasty) - 1; n++)
			nasty[n] = (char)(at + (n % 3 == 0 ? n : 0));
		nasty[sizeof(nasty) - 1] = '\0';
		log_event(LOG_LEVEL_INFO, "nasty", log_text("a", nasty),
		    log_text("b", nasty), log_text("c", nasty));
	}
	log_event(
	    LOG_LEVEL_INFO, "nasty", log_text("a", "\r\n\x1b[31m\xe2\x80\xae"));
	log_flush();
	text = written();
	assert_int_equal(lines(text), 257);
	assert_null(strchr(text, '\r'));
	assert_null(strchr(text, '\x1b'));
	assert_null(strstr(text, "\xe2\x80\xae"));
	rest = text;
	for (line = strsep(&rest, "\n"); rest != NULL;
	     line = strsep(&rest, "\n")) {
		json = NULL;
		/* Its own marks of NUL are not strict JSON to us. */
		assert_int_equal(json_parse(&json, line, strlen(line)), OK);
		cJSON_Delete(json);
	}
	heap_free(text);
}

static void
values_are_cut(void **state)
{
	char value[1000], *text;

	(void)state;
	memset(value, 'x', sizeof(value) - 1);
	value[sizeof(value) - 1] = '\0';
	log_event(LOG_LEVEL_INFO, "long", log_text("value", value));
	log_flush();
	text = written();
	assert_true(strlen(text) < 450);
	assert_non_null(strstr(text, "xxx\"}\n"));
	heap_free(text);
}

static void
a_full_buffer_is_written(void **state)
{
	char *text;
	int at;

	(void)state;
	for (at = 0; at < 1000; at++)
		log_event(LOG_LEVEL_INFO, "many", log_int("number", at));
	text = written();
	assert_true(strlen(text) > 32000);
	assert_int_equal(text[strlen(text) - 1], '\n');
	heap_free(text);
	log_flush();
	text = written();
	assert_int_equal(lines(text), 1000);
	heap_free(text);
}

static void
errors_are_written_at_once(void **state)
{
	char *text;

	(void)state;
	log_event(LOG_LEVEL_INFO, "first");
	log_event(LOG_LEVEL_ERROR, "second");
	text = written();
	assert_int_equal(lines(text), 2);
	heap_free(text);
}

static void
a_child_does_not_repeat_its_parent(void **state)
{
	char *text;
	pid_t child;
	int status;

	(void)state;
	log_event(LOG_LEVEL_INFO, "parent");
	child = fork();
	if (child == 0) {
		log_flush();
		log_event(LOG_LEVEL_INFO, "child");
		log_flush();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	log_flush();
	text = written();
	assert_int_equal(lines(text), 2);
	assert_ptr_equal(
	    strstr(strstr(text, "\"parent\"") + 1, "\"parent\""), NULL);
	heap_free(text);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, capture, restore)
	const struct CMUnitTest tests[] = {
	    TEST(a_line_is_json),
	    TEST(nothing_breaks_a_line),
	    TEST(values_are_cut),
	    TEST(a_full_buffer_is_written),
	    TEST(errors_are_written_at_once),
	    TEST(a_child_does_not_repeat_its_parent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
