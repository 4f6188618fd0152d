/*
 * What the handlers of Open311 GeoReport v2 share.
 *
 * SPDX-License-Identifier: ISC
 */
#include "open311/open311.h"

#include <string.h>

#include "core/clock.h"

#define JURISDICTION "jakarta.go.id"

enum err
open311_jurisdiction(struct call *call)
{
	const char *text = open311_query(call, "jurisdiction_id");
	size_t i;

	for (i = 0; text == NULL && i < call->form_count; i++)
		if (strcmp(call->form[i].name, "jurisdiction_id") == 0 &&
		    call->form[i].value[0] != '\0')
			text = call->form[i].value;
	if (text == NULL || strcmp(text, JURISDICTION) == 0)
		return OK;
	(void)call_invalid(call, "?jurisdiction_id", "unknown");
	return ERR_NOT_FOUND;
}

const char *
open311_query(const struct call *call, const char *name)
{
	const char *text = call_query_get(call, name);

	return text != NULL && text[0] != '\0' ? text : NULL;
}

enum err
open311_list(struct call *call, const char *root, enum policy_table table)
{
	const struct link_base links = {
	    call->host, call->service->keys, clock_now_ms()};

	georeport_begin(&call->answer, 200);
	georeport_rows(
	    &call->answer, call->lang, &links, table, call_rows(call, 0));
	georeport_end(&call->answer, root);
	return OK;
}

enum err
open311_error(struct call *call, int status, const char *description)
{
	georeport_error(&call->answer, status, description);
	return OK;
}
