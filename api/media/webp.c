/*
 * WebP through libwebp, which averages areas itself while it decodes, so only
 * the small picture is ever held in colour.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/webp.h"

#include <stdbool.h>

#include <webp/decode.h>

#include "core/heap.h"
#include "media/shrink.h"

#define RGBA_CHANNELS 4

/* Colours come multiplied by their alpha. */
static void
put_over_white(struct pixels *out, const uint8_t *from)
{
	size_t count = (size_t)out->width * out->height;
	uint8_t *to = out->data;

	for (size_t i = 0; i < count; i++, from += RGBA_CHANNELS) {
		unsigned white = 255u - from[3];

		for (unsigned k = 0; k < PIXELS_CHANNELS; k++) {
			unsigned sum = from[k] + white;

			*to++ = (uint8_t)(sum > 255 ? 255 : sum);
		}
	}
}

static bool
decode(uint8_t *rgba, size_t rgba_len, unsigned width, unsigned height,
    const struct header *header, const uint8_t *data, size_t len)
{
	WebPDecoderConfig config;

	if (!WebPInitDecoderConfig(&config) ||
	    WebPGetFeatures(data, len, &config.input) != VP8_STATUS_OK ||
	    config.input.has_animation ||
	    (unsigned)config.input.width != header->width ||
	    (unsigned)config.input.height != header->height) {
		return false;
	}
	if (width != header->width || height != header->height) {
		config.options.use_scaling = 1;
		config.options.scaled_width = (int)width;
		config.options.scaled_height = (int)height;
	}
	config.output.colorspace = MODE_rgbA;
	config.output.is_external_memory = 1;
	config.output.u.RGBA.rgba = rgba;
	config.output.u.RGBA.stride = (int)(width * RGBA_CHANNELS);
	config.output.u.RGBA.size = rgba_len;
	return WebPDecode(data, len, &config) == VP8_STATUS_OK;
}

enum media_status
webp_decode(struct pixels *out, const struct header *header,
    const uint8_t *data, size_t len, unsigned longest)
{
	unsigned width = header->width, height = header->height;
	enum media_status status = MEDIA_NOT_A_PHOTO;
	size_t rgba_len;
	uint8_t *rgba;

	shrink_size(&width, &height, longest);
	rgba_len = (size_t)width * height * RGBA_CHANNELS;
	rgba = heap_new(rgba_len);
	if (decode(rgba, rgba_len, width, height, header, data, len)) {
		pixels_init(out, width, height);
		put_over_white(out, rgba);
		status = MEDIA_OK;
	}
	heap_wipe(rgba, rgba_len);
	return status;
}
