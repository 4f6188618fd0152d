/*
 * Signatures of webhooks as published, addresses that must not be called, and
 * secrets that open only where they belong.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "core/random.h"
#include "webhook/address.h"
#include "webhook/secret.h"
#include "webhook/sign.h"
#include "webhook/url.h"

/* The example of standardwebhooks.com's own libraries:
 * whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw. */
static const uint8_t SECRET[] = {0x31, 0xf2, 0x90, 0xf6, 0xbf, 0x06, 0x29, 0x8a,
    0xab, 0x4f, 0x08, 0xd4, 0x3c, 0x3f, 0x08, 0x2c, 0xf6, 0x48, 0xa3, 0x62,
    0xda, 0x2d, 0xa4, 0xb0};
#define ID        "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define TIMESTAMP "1614265330"
#define BODY      "{\"test\": 2432232314}"
#define SIGNATURE "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

static void
signature_is_the_published_one(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 256);
	sign_add(&out, SECRET, sizeof(SECRET), ID, TIMESTAMP, BODY,
	    sizeof(BODY) - 1);
	assert_false(out.failed);
	assert_int_equal(out.len, sizeof(SIGNATURE) - 1);
	assert_memory_equal(out.data, SIGNATURE, out.len);
	sign_add(&out, SECRET, sizeof(SECRET), ID, TIMESTAMP, BODY,
	    sizeof(BODY) - 1);
	assert_int_equal(out.len, 2 * (sizeof(SIGNATURE) - 1) + 1);
	assert_int_equal(out.data[sizeof(SIGNATURE) - 1], ' ');
	buf_clear(&out);
}

static void
secret_is_told_in_base64(void **state)
{
	uint8_t secret[SIGN_SECRET_LEN] = {0xff, 0xef, 0xfe};
	char text[SIGN_TEXT_LEN + 1];

	(void)state;
	sign_secret_text(text, secret);
	assert_string_equal(
	    text, "whsec_/+/+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
}

static bool
is_public(const char *text)
{
	struct sockaddr_in four = {.sin_family = AF_INET};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};

	if (inet_pton(AF_INET, text, &four.sin_addr) == 1) {
		return address_is_public((struct sockaddr *)&four);
	}
	assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
	return address_is_public((struct sockaddr *)&six);
}

static void
inside_is_never_called(void **state)
{
	static const char *const INSIDE[] = {"0.0.0.0", "0.1.2.3", "10.0.0.1",
	    "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1",
	    "127.255.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
	    "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1",
	    "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
	    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
	    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1",
	    "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "fc00::1", "fd12::1",
	    "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:db8::1",
	    "2001:10::1", "2002:7f00:1::1", "3fff::1", "4000::1"};

	(void)state;
	for (size_t i = 0; i < sizeof(INSIDE) / sizeof(INSIDE[0]); i++) {
		if (is_public(INSIDE[i])) {
			fail_msg("%s is not public", INSIDE[i]);
		}
	}
}

static void
internet_is_called(void **state)
{
	static const char *const OUTSIDE[] = {"1.1.1.1", "9.255.255.255",
	    "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
	    "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
	    "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
	    "198.17.255.255", "198.20.0.0", "223.255.255.255",
	    "2606:4700::1111", "2001:200::1", "2400:cb00::1", "3ffe::1"};

	(void)state;
	for (size_t i = 0; i < sizeof(OUTSIDE) / sizeof(OUTSIDE[0]); i++) {
		if (!is_public(OUTSIDE[i])) {
			fail_msg("%s is public", OUTSIDE[i]);
		}
	}
}

static void
other_families_are_never_called(void **state)
{
	struct sockaddr address = {.sa_family = AF_UNIX};

	(void)state;
	assert_false(address_is_public(&address));
}

static void
url_is_https_to_the_internet(void **state)
{
	static const char *const BAD[] = {"", "hook", "//example.org/",
	    "http://example.org/", "ftp://example.org/", "file:///etc/passwd",
	    "https://", "https://a:b@example.org/", "https://a@example.org/",
	    "https://example.org/#x", "https://exa mple.org/",
	    "https://example.org/\n", "https://localhost/",
	    "https://a.localhost/", "https://127.0.0.1/", "https://127.1/",
	    "https://0x7f000001/", "https://2130706433/", "https://0177.0.0.1/",
	    "https://[::1]/", "https://[::ffff:10.0.0.1]/",
	    "https://169.254.169.254/latest", "https://192.168.1.1:8443/"};
	static const char *const GOOD[] = {"https://example.org/hook",
	    "https://example.org:8443/a?b=c", "https://1.1.1.1/",
	    "https://[2606:4700::1111]/x"};

	(void)state;
	for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
		if (url_fault(BAD[i], false) == NULL) {
			fail_msg("%s is taken", BAD[i]);
		}
	}
	for (size_t i = 0; i < sizeof(GOOD) / sizeof(GOOD[0]); i++) {
		if (url_fault(GOOD[i], false) != NULL) {
			fail_msg("%s: %s", GOOD[i], url_fault(GOOD[i], false));
		}
	}
}

static void
demonstration_may_stay_at_home(void **state)
{
	char longest[URL_MAX + 2] = "https://example.org/";

	(void)state;
	assert_null(url_fault("http://127.0.0.1:9000/hook", true));
	assert_null(url_fault("https://localhost/hook", true));
	assert_non_null(url_fault("ftp://localhost/hook", true));
	assert_non_null(url_fault("http://a:b@localhost/hook", true));
	memset(longest + 20, 'a', sizeof(longest) - 21);
	assert_non_null(url_fault(longest, true));
	longest[URL_MAX] = '\0';
	assert_null(url_fault(longest, true));
}

static void
secret_opens_where_it_belongs(void **state)
{
	uint8_t key[SEAL_KEY_LEN], secret[SIGN_SECRET_LEN];
	uint8_t sealed[SECRET_SEALED_LEN], open[SIGN_SECRET_LEN];

	(void)state;
	random_bytes(key, sizeof(key));
	random_bytes(secret, sizeof(secret));
	assert_int_equal(
	    secret_seal(sealed, key, "jaki", "https://a.example/", secret), OK);
	assert_int_equal(secret_open(open, key, "jaki", "https://a.example/",
			     sealed, sizeof(sealed)),
	    OK);
	assert_memory_equal(open, secret, sizeof(secret));
	assert_int_equal(secret_open(open, key, "desk", "https://a.example/",
			     sealed, sizeof(sealed)),
	    ERR_BROKEN);
	assert_int_equal(secret_open(open, key, "jaki", "https://b.example/",
			     sealed, sizeof(sealed)),
	    ERR_BROKEN);
	assert_int_equal(secret_open(open, key, "jaki", "https://a.example/",
			     sealed, sizeof(sealed) - 1),
	    ERR_BROKEN);
	sealed[20] ^= 1;
	assert_int_equal(secret_open(open, key, "jaki", "https://a.example/",
			     sealed, sizeof(sealed)),
	    ERR_BROKEN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(signature_is_the_published_one),
	    cmocka_unit_test(secret_is_told_in_base64),
	    cmocka_unit_test(inside_is_never_called),
	    cmocka_unit_test(internet_is_called),
	    cmocka_unit_test(other_families_are_never_called),
	    cmocka_unit_test(url_is_https_to_the_internet),
	    cmocka_unit_test(demonstration_may_stay_at_home),
	    cmocka_unit_test(secret_opens_where_it_belongs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
