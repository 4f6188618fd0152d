/*
 * Whole messages over a unix stream socket, each with a deadline. Shared by
 * the client in the server and the workers of crm media.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_WIRE_H
#define API_MEDIA_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define WIRE_REQUEST_MAGIC    "CRMP"
#define WIRE_REQUEST_HEAD_LEN 8
#define WIRE_PICTURE_HEAD_LEN 8
#define WIRE_HASH_LEN         8

/*
 * All len bytes, or ERR_TIMEOUT when clock_mono_ms() passes the deadline, or
 * ERR_UNAVAILABLE when the other side has gone.
 */
must_check enum err
wire_read(int socket, void *out, size_t len, int64_t deadline);
must_check enum err
wire_write(int socket, const void *data, size_t len, int64_t deadline);

/* Big-endian numbers. */
uint32_t wire_get16(const uint8_t data[2]);
uint32_t wire_get32(const uint8_t data[4]);
uint64_t wire_get64(const uint8_t data[8]);
void wire_put16(uint8_t out[2], uint32_t number);
void wire_put32(uint8_t out[4], uint32_t number);
void wire_put64(uint8_t out[8], uint64_t number);

#endif
