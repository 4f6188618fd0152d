/*
 * Settings from the environment: defaults, bounds, derived paths.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "core/settings.h"

static struct buf fault;

static int
clean(void **state)
{
	static const char *const names[] = {"CRM_PORT", "CRM_BIND", "CRM_STATE",
	    "CRM_WORKERS", "CRM_METRICS_PORT", "CRM_WEB"};
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(names) / sizeof(names[0]); at++)
		(void)unsetenv(names[at]);
	buf_clear(&fault);
	buf_init(&fault, 4096);
	return 0;
}

static int
clear(void **state)
{
	(void)clean(state);
	/* The texts of the last load. */
	(void)!settings_load(&fault);
	buf_clear(&fault);
	return 0;
}

static void
says(const char *text)
{
	buf_byte(&fault, 0);
	assert_non_null(strstr((const char *)fault.data, text));
	buf_reset(&fault);
}

static void
defaults_hold(void **state)
{
	const struct settings *settings;
	char here[PATH_MAX];

	(void)state;
	assert_int_equal(settings_load(&fault), OK);
	assert_int_equal(fault.len, 0);
	settings = settings_get();
	assert_int_equal(settings->port, 8443);
	assert_int_equal(settings->metrics_port, 9443);
	assert_int_equal(settings->workers, 2);
	assert_string_equal(settings->bind, "127.0.0.1");
	assert_non_null(getcwd(here, sizeof(here)));
	assert_memory_equal(settings->state, here, strlen(here));
	assert_string_equal(settings->state + strlen(here), "/var");
	assert_string_equal(settings->web + strlen(here), "/build/web");
	assert_string_equal(settings->keys + strlen(here), "/var/keys");
	assert_string_equal(settings->run + strlen(here), "/var/jail/run");
	assert_string_equal(
	    settings->worker_run, geteuid() == 0 ? "/run" : settings->run);
}

static void
the_environment_decides(void **state)
{
	const struct settings *settings;

	(void)state;
	(void)setenv("CRM_PORT", "18443", 1);
	(void)setenv("CRM_STATE", "/tmp/crm-state///", 1);
	(void)setenv("CRM_WORKERS", "", 1);
	assert_int_equal(settings_load(&fault), OK);
	settings = settings_get();
	assert_int_equal(settings->port, 18443);
	assert_int_equal(settings->metrics_port, 19443);
	assert_int_equal(settings->workers, 2);
	assert_string_equal(settings->state, "/tmp/crm-state");
	assert_string_equal(settings->jail, "/tmp/crm-state/jail");
	(void)setenv("CRM_METRICS_PORT", "9000", 1);
	assert_int_equal(settings_load(&fault), OK);
	assert_int_equal(settings_get()->metrics_port, 9000);
}

static void
wrong_values_are_named(void **state)
{
	static const char *const wrong[] = {"0", "65536", "-1", "8443x", " 1",
	    "0x20", "99999999999999999999", "1.5"};
	char path[200];
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(wrong) / sizeof(wrong[0]); at++) {
		(void)setenv("CRM_PORT", wrong[at], 1);
		assert_int_equal(settings_load(&fault), ERR_INVALID);
		says("CRM_PORT: a whole number from 1 to 65535\n");
	}
	(void)setenv("CRM_PORT", "65000", 1);
	assert_int_equal(settings_load(&fault), ERR_INVALID);
	says("CRM_METRICS_PORT: ");
	(void)clean(NULL);
	(void)setenv("CRM_WEB", "/tmp/a\nb", 1);
	assert_int_equal(settings_load(&fault), ERR_INVALID);
	says("CRM_WEB: no control characters\n");
	(void)clean(NULL);
	memset(path, 'x', sizeof(path) - 1);
	path[0] = '/';
	path[sizeof(path) - 1] = '\0';
	(void)setenv("CRM_STATE", path, 1);
	assert_int_equal(settings_load(&fault), ERR_INVALID);
	says("CRM_STATE: too long");
	(void)setenv("CRM_BIND", path, 1);
	assert_int_equal(settings_load(&fault), ERR_INVALID);
	says("CRM_BIND: at most 64 bytes\n");
}

static void
all_are_described(void **state)
{
	(void)state;
	settings_describe(&fault);
	assert_false(fault.failed);
	says("CRM_PORT           HTTPS port (1 to 65535, default 8443)\n");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, clean)
	const struct CMUnitTest tests[] = {
	    TEST(defaults_hold),
	    TEST(the_environment_decides),
	    TEST(wrong_values_are_named),
	    TEST(all_are_described),
	};

	return cmocka_run_group_tests(tests, NULL, clear);
}
