/*
 * JPEG through libjpeg-turbo, see jpeg.h.
 *
 * This is the only file that may use setjmp: libjpeg gives up on a picture by
 * calling error_exit, which must not return, so the way out is a jump. It is
 * kept to one function, work_run(), which has no locals of its own to lose.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/jpeg.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "core/heap.h"
#include "media/shrink.h"

#undef setjmp
#undef longjmp

/* The list of codes alone: the macros after it use banned functions. */
#define JMESSAGE(code, text) code,
#define JERROR_H
enum jpeg_code {
#include <jerror.h>
	JPEG_CODE__COUNT
};

/* Real cameras and editors write 10 scans or fewer; each costs a pass. */
#define SCANS_MAX       64
#define SCAN_PIXELS_MAX (20ull * MEDIA_PIXELS_MAX)
/* Small damage still gives a picture people can use. */
#define WARNINGS_MAX 20
/* A picture of several scans is held whole, as 16-bit coefficients. */
#define COEFFICIENT_BYTES_MAX (200ull * 1024 * 1024)
#define MEMORY_MAX            (216L * 1024 * 1024)
#define CMYK_CHANNELS         4
/* More than any picture of that many pixels needs at our qualities. */
#define OUTPUT_SLACK 65536

struct work {
	struct jpeg_error_mgr errors; /* first: libjpeg gives it back */
	jmp_buf out_of_here;
	enum media_status status; /* when the jump was taken */
	unsigned warnings;
	struct jpeg_progress_mgr progress;
	struct jpeg_decompress_struct decoder;
	struct jpeg_compress_struct encoder;
	struct jpeg_destination_mgr destination;
	const struct header *header;
	const uint8_t *data;
	size_t len;
	unsigned longest;
	int quality;
	struct pixels pixels;
	struct shrink *shrink;
	uint8_t *row;
	uint8_t *rgb;
	uint8_t *output;
	size_t output_size;
	size_t output_len;
};

static _Noreturn void
give_up(struct work *work, enum media_status status)
{
	work->status = status;
	longjmp(work->out_of_here, 1);
}

static _Noreturn void
on_error(j_common_ptr common)
{
	give_up((struct work *)common->err,
	    common->err->msg_code == JERR_OUT_OF_MEMORY ? MEDIA_TOO_MANY_PIXELS
							: MEDIA_NOT_A_PHOTO);
}

static void
on_message(j_common_ptr common, int level)
{
	struct work *work = (struct work *)common->err;

	if (level >= 0) {
		return;
	}
	work->warnings++;
	if (work->errors.msg_code == JWRN_HIT_MARKER ||
	    work->errors.msg_code == JWRN_JPEG_EOF ||
	    work->warnings > WARNINGS_MAX) {
		give_up(work, MEDIA_NOT_A_PHOTO);
	}
}

/* Never prints: the text can hold bytes of the photo. */
static void
on_output(j_common_ptr common)
{
	(void)common;
}

/* libjpeg would invent an end of the picture here. */
static boolean
on_data_end(j_decompress_ptr decoder)
{
	give_up((struct work *)decoder->err, MEDIA_NOT_A_PHOTO);
}

static void
on_progress(j_common_ptr common)
{
	struct work *work = (struct work *)common->err;
	uint64_t scans = (uint64_t)work->decoder.input_scan_number;
	uint64_t pixels = (uint64_t)work->header->width * work->header->height;

	if (scans > SCANS_MAX || scans * pixels > SCAN_PIXELS_MAX) {
		give_up(work, MEDIA_NOT_A_PHOTO);
	}
}

static enum media_status
work_run(struct work *work, void (*steps)(struct work *))
{
	if (setjmp(work->out_of_here) != 0) {
		return work->status;
	}
	steps(work);
	return MEDIA_OK;
}

static struct work *
work_new(void)
{
	struct work *work = heap_new(sizeof(*work));

	jpeg_std_error(&work->errors);
	work->errors.error_exit = on_error;
	work->errors.emit_message = on_message;
	work->errors.output_message = on_output;
	work->decoder.err = &work->errors;
	work->encoder.err = &work->errors;
	return work;
}

static void
check_memory(struct work *work)
{
	uint64_t bytes = 0;

	if (!jpeg_has_multiple_scans(&work->decoder)) {
		return;
	}
	for (int i = 0; i < work->decoder.num_components; i++) {
		const jpeg_component_info *one = &work->decoder.comp_info[i];

		bytes += (uint64_t)one->width_in_blocks *
		    one->height_in_blocks * sizeof(JBLOCK);
	}
	if (bytes > COEFFICIENT_BYTES_MAX) {
		give_up(work, MEDIA_TOO_MANY_PIXELS);
	}
}

/* The smallest of libjpeg's scales that is not below what we want. */
static void
choose_scale(struct work *work, unsigned width)
{
	struct jpeg_decompress_struct *decoder = &work->decoder;

	decoder->scale_denom = 8;
	decoder->scale_num = 1;
	while (decoder->scale_num < 8 &&
	    decoder->image_width * decoder->scale_num < width * 8) {
		decoder->scale_num++;
	}
	decoder->out_color_space =
	    decoder->num_components == CMYK_CHANNELS ? JCS_CMYK : JCS_RGB;
	decoder->dct_method = JDCT_ISLOW;
	decoder->do_block_smoothing = FALSE;
}

static void
decode_start(struct work *work)
{
	struct jpeg_decompress_struct *decoder = &work->decoder;
	unsigned width, height;

	jpeg_create_decompress(decoder);
	decoder->mem->max_memory_to_use = MEMORY_MAX;
	work->progress.progress_monitor = on_progress;
	decoder->progress = &work->progress;
	jpeg_mem_src(decoder, work->data, work->len);
	decoder->src->fill_input_buffer = on_data_end;
	(void)jpeg_read_header(decoder, TRUE);
	if (decoder->image_width != work->header->width ||
	    decoder->image_height != work->header->height) {
		give_up(work, MEDIA_NOT_A_PHOTO);
	}
	check_memory(work);
	width = decoder->image_width;
	height = decoder->image_height;
	shrink_size(&width, &height, work->longest);
	choose_scale(work, width > height ? width : height);
	(void)jpeg_start_decompress(decoder);
	if (decoder->output_width < width || decoder->output_height < height) {
		give_up(work, MEDIA_NOT_A_PHOTO);
	}
	work->shrink = shrink_new(&work->pixels, width, height,
	    decoder->output_width, decoder->output_height);
}

/* Adobe writes the four inks inverted, others do not. */
static void
rgb_from_cmyk(struct work *work)
{
	unsigned flip = work->decoder.saw_Adobe_marker ? 0 : 255;
	const uint8_t *from = work->row;
	uint8_t *to = work->rgb;

	for (unsigned x = 0; x < work->decoder.output_width; x++) {
		for (unsigned i = 0; i < PIXELS_CHANNELS; i++) {
			*to++ = (uint8_t)((from[i] ^ flip) * (from[3] ^ flip) /
			    255);
		}
		from += CMYK_CHANNELS;
	}
}

static void
decode_steps(struct work *work)
{
	struct jpeg_decompress_struct *decoder = &work->decoder;
	bool is_cmyk;

	decode_start(work);
	is_cmyk = decoder->out_color_space == JCS_CMYK;
	work->row = heap_array(decoder->output_width, CMYK_CHANNELS);
	work->rgb = heap_array(decoder->output_width, PIXELS_CHANNELS);
	while (decoder->output_scanline < decoder->output_height) {
		JSAMPROW row = is_cmyk ? work->row : work->rgb;

		(void)jpeg_read_scanlines(decoder, &row, 1);
		if (is_cmyk) {
			rgb_from_cmyk(work);
		}
		shrink_row(work->shrink, work->rgb);
	}
	(void)jpeg_finish_decompress(decoder);
}

enum media_status
jpeg_decode(struct pixels *out, const struct header *header,
    const uint8_t *data, size_t len, unsigned longest)
{
	struct work *work = work_new();
	enum media_status status;

	work->header = header;
	work->data = data;
	work->len = len;
	work->longest = longest;
	status = work_run(work, decode_steps);
	shrink_free(work->shrink);
	heap_wipe(
	    work->row, (size_t)work->decoder.output_width * CMYK_CHANNELS);
	heap_wipe(
	    work->rgb, (size_t)work->decoder.output_width * PIXELS_CHANNELS);
	jpeg_destroy_decompress(&work->decoder);
	if (status == MEDIA_OK) {
		*out = work->pixels;
	} else {
		pixels_clear(&work->pixels);
	}
	heap_wipe(work, sizeof(*work));
	return status;
}

static void
destination_start(j_compress_ptr encoder)
{
	struct work *work = (struct work *)encoder->err;

	work->destination.next_output_byte = work->output;
	work->destination.free_in_buffer = work->output_size;
}

static boolean
destination_full(j_compress_ptr encoder)
{
	give_up((struct work *)encoder->err, MEDIA_TOO_MANY_PIXELS);
}

static void
destination_end(j_compress_ptr encoder)
{
	struct work *work = (struct work *)encoder->err;

	work->output_len = work->output_size - work->destination.free_in_buffer;
}

static void
encode_steps(struct work *work)
{
	struct jpeg_compress_struct *encoder = &work->encoder;
	size_t stride = (size_t)work->pixels.width * PIXELS_CHANNELS;

	jpeg_create_compress(encoder);
	work->destination.init_destination = destination_start;
	work->destination.empty_output_buffer = destination_full;
	work->destination.term_destination = destination_end;
	encoder->dest = &work->destination;
	encoder->image_width = work->pixels.width;
	encoder->image_height = work->pixels.height;
	encoder->input_components = PIXELS_CHANNELS;
	encoder->in_color_space = JCS_RGB;
	jpeg_set_defaults(encoder);
	jpeg_set_quality(encoder, work->quality, TRUE);
	encoder->optimize_coding = TRUE;
	jpeg_start_compress(encoder, TRUE);
	while (encoder->next_scanline < encoder->image_height) {
		JSAMPROW row =
		    work->pixels.data + encoder->next_scanline * stride;

		(void)jpeg_write_scanlines(encoder, &row, 1);
	}
	jpeg_finish_compress(encoder);
}

enum media_status
jpeg_encode(struct media_picture *out, const struct pixels *pixels, int quality)
{
	struct work *work = work_new();
	enum media_status status;

	work->pixels = *pixels;
	work->quality = quality;
	work->output_size =
	    (size_t)pixels->width * pixels->height * PIXELS_CHANNELS +
	    OUTPUT_SLACK;
	work->output = heap_new(work->output_size);
	status = work_run(work, encode_steps);
	jpeg_destroy_compress(&work->encoder);
	if (status == MEDIA_OK) {
		out->data = heap_new(work->output_len);
		memcpy(out->data, work->output, work->output_len);
		out->len = work->output_len;
		out->width = pixels->width;
		out->height = pixels->height;
	}
	heap_wipe(work->output, work->output_len);
	heap_free(work);
	return status;
}
