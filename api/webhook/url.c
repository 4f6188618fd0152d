/*
 * libcurl's own parser reads the address, as it will when something is sent.
 *
 * SPDX-License-Identifier: ISC
 */
#include "webhook/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "webhook/address.h"

static bool
is_plain(const char *text)
{
	size_t len = strlen(text);

	if (len > URL_MAX) {
		return false;
	}
	for (size_t i = 0; i < len; i++) {
		if (text[i] <= ' ' || text[i] > '~') {
			return false;
		}
	}
	return true;
}

static bool
part_is(CURLU *url, CURLUPart part, const char *wanted)
{
	char *text = NULL;
	bool is_same = curl_url_get(url, part, &text, 0) == CURLUE_OK &&
	    strcmp(text, wanted) == 0;

	curl_free(text);
	return is_same;
}

static bool
part_is_there(CURLU *url, CURLUPart part)
{
	char *text = NULL;
	bool is_there = curl_url_get(url, part, &text, 0) == CURLUE_OK;

	curl_free(text);
	return is_there;
}

/* A number as host, in any spelling: libcurl has made it a plain one. */
static bool
host_is_closed(CURLU *url)
{
	struct sockaddr_in four = {.sin_family = AF_INET};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};
	bool is_closed = true;
	char *host = NULL;
	size_t len;

	if (curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK) {
		return true;
	}
	len = strlen(host);
	if (inet_pton(AF_INET, host, &four.sin_addr) == 1) {
		is_closed = !address_is_public((struct sockaddr *)&four);
	} else if (host[0] == '[') {
		host[len - 1] = '\0';
		is_closed =
		    inet_pton(AF_INET6, host + 1, &six.sin6_addr) != 1 ||
		    !address_is_public((struct sockaddr *)&six);
	} else {
		is_closed = strcasecmp(host, "localhost") == 0 ||
		    (len > 10 &&
			strcasecmp(host + len - 10, ".localhost") == 0);
	}
	curl_free(host);
	return is_closed;
}

const char *
url_fault(const char *text, bool is_open)
{
	CURLU *url = curl_url();
	const char *fault = NULL;

	if (url == NULL || !is_plain(text) ||
	    curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK) {
		fault = "not an address";
	} else if (!part_is(url, CURLUPART_SCHEME, "https") &&
	    !(is_open && part_is(url, CURLUPART_SCHEME, "http"))) {
		fault = "not https";
	} else if (part_is_there(url, CURLUPART_USER) ||
	    part_is_there(url, CURLUPART_PASSWORD)) {
		fault = "a name or password in the address";
	} else if (part_is_there(url, CURLUPART_FRAGMENT)) {
		fault = "a fragment in the address";
	} else if (!is_open && host_is_closed(url)) {
		fault = "not a host of the public internet";
	}
	curl_url_cleanup(url);
	return fault;
}
