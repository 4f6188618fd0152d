/*
 * The columns of errors.def.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/err.h"

#include "core/check.h"

struct row {
	int status;
	const char *slug;
	const char *title[LANG__COUNT];
};

static const struct row rows[ERR__COUNT] = {
    [OK] = {200, "ok", {[LANG_EN] = "Done", [LANG_ID] = "Selesai"}},
#define X(name, status, slug, en, id)                                          \
	[ERR_##name] = {status, slug, {[LANG_EN] = en, [LANG_ID] = id}},
#include "core/errors.def"
#undef X
};

static const struct row *
row_of(enum err err)
{
	must((unsigned)err < ERR__COUNT, "an error is one of errors.def");
	return &rows[err];
}

int
err_status(enum err err)
{
	return row_of(err)->status;
}

const char *
err_slug(enum err err)
{
	return row_of(err)->slug;
}

const char *
err_title(enum err err, enum lang lang)
{
	must((unsigned)lang < LANG__COUNT, "a language is one of ours");
	return row_of(err)->title[lang];
}
