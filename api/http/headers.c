/*
 * The head of an answer.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/headers.h"

#include "call/call.h"

#define CLIENT_POLICY                                                          \
	"default-src 'none'; script-src 'self'; style-src 'self'; "            \
	"img-src 'self' blob:; connect-src 'self'; font-src 'self'; "          \
	"manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; "     \
	"base-uri 'none'; form-action 'self'; object-src 'none'; "             \
	"require-trusted-types-for 'script'; trusted-types sw default"
#define FEATURES_OFF                                                           \
	"accelerometer=(), autoplay=(), browsing-topics=(), "                  \
	"display-capture=(), gyroscope=(), magnetometer=(), microphone=(), "   \
	"midi=(), payment=(), publickey-credentials-get=(), usb=(), "          \
	"xr-spatial-tracking=(), "

/* On every answer, whatever it is. */
static const char always[] =
    "strict-transport-security: max-age=31536000; includeSubDomains\r\n"
    "x-content-type-options: nosniff\r\n"
    "x-frame-options: DENY\r\n"
    "referrer-policy: no-referrer\r\n"
    "cross-origin-opener-policy: same-origin\r\n"
    "cross-origin-resource-policy: same-origin\r\n";

/* By what it is. The client takes photos and places in the field. */
static const char *const by_kind[] = {
    [HEADERS_API] =
	"content-security-policy: default-src 'none'; frame-ancestors "
	"'none'\r\n"
	"permissions-policy: " FEATURES_OFF "camera=(), geolocation=()\r\n",
    [HEADERS_PHOTO] =
	"content-security-policy: default-src 'none'; sandbox\r\n"
	"content-disposition: inline; filename=\"photo.jpg\"\r\n"
	"permissions-policy: " FEATURES_OFF "camera=(), geolocation=()\r\n",
    [HEADERS_CLIENT] = "content-security-policy: " CLIENT_POLICY "\r\n"
		       "permissions-policy: " FEATURES_OFF
		       "camera=(self), geolocation=(self)\r\n",
};

static const struct {
	int status;
	const char *reason;
} reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

const char *
headers_reason(int status)
{
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Unknown";
}

static enum err
put(struct buf *out, const char *name, const char *value)
{
	const char *at;

	if (value == NULL)
		return OK;
	for (at = value; *at != '\0'; at++)
		if ((*at >= 0 && *at < 0x20) || *at == 0x7f)
			return ERR_BROKEN;
	buf_text(out, name);
	buf_text(out, value);
	buf_text(out, "\r\n");
	return OK;
}

static void
put_int(struct buf *out, const char *name, int64_t value)
{
	buf_text(out, name);
	buf_int(out, value);
	buf_text(out, "\r\n");
}

static void
put_allow(struct buf *out, unsigned allow)
{
	static const struct {
		enum method method;
		const char *name;
	} names[] = {{METHOD_GET, "GET, HEAD, "}, {METHOD_POST, "POST, "},
	    {METHOD_PUT, "PUT, "}, {METHOD_PATCH, "PATCH, "},
	    {METHOD_DELETE, "DELETE, "}};
	size_t i;

	buf_text(out, "allow: ");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (allow & (1u << names[i].method))
			buf_text(out, names[i].name);
	buf_text(out, "OPTIONS\r\n");
}

static enum err
put_values(struct buf *out, const struct headers *headers)
{
	const struct {
		const char *name;
		const char *value;
	} rows[] = {
	    {"date: ", headers->date},
	    {"content-type: ", headers->media_type},
	    {"x-confidentiality: ", headers->confidentiality},
	    {"cache-control: ", headers->cache_control},
	    {"etag: ", headers->etag},
	    {"location: ", headers->location},
	    {"set-cookie: ", headers->cookie},
	    {"clear-site-data: ", headers->clear_site_data},
	    {"content-encoding: ", headers->encoding},
	    {"ratelimit-policy: ", headers->rate_policy},
	    {"ratelimit: ", headers->rate_left},
	};
	size_t i;
	enum err err;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		err = put(out, rows[i].name, rows[i].value);
		if (err != OK)
			return err;
	}
	return OK;
}

enum err
headers_write(struct buf *out, const struct headers *headers)
{
	enum err err;

	buf_text(out, headers->is_old ? "HTTP/1.0 " : "HTTP/1.1 ");
	buf_int(out, headers->status);
	buf_byte(out, ' ');
	buf_text(out, headers_reason(headers->status));
	buf_text(out, "\r\n");
	err = put_values(out, headers);
	if (err != OK)
		return err;
	if (headers->varies_by_encoding)
		buf_text(out, "vary: Accept-Encoding\r\n");
	if (headers->varies_by_language)
		buf_text(out, "vary: Accept-Language\r\n");
	if (headers->is_replayed)
		buf_text(out, "idempotency-replayed: true\r\n");
	if (headers->retry_after > 0)
		put_int(out, "retry-after: ", headers->retry_after);
	if (headers->allow != 0)
		put_allow(out, headers->allow);
	if (headers->status == 401)
		buf_text(out, "www-authenticate: Bearer\r\n");
	if (headers->closes)
		buf_text(out, "connection: close\r\n");
	buf_text(out, always);
	buf_text(out, by_kind[headers->kind]);
	if (headers->status != 204 && headers->status != 304)
		put_int(out, "content-length: ", (int64_t)headers->body_len);
	buf_text(out, "\r\n");
	return out->failed ? ERR_BROKEN : OK;
}
