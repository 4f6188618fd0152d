/*
 * JSON of our own as XML, by the "Spark convention" of Open311 the other way
 * round: members are elements, entries of a list are elements in the singular
 * of its name, null is an empty element. The only place that knows libxml2.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_XML_H
#define API_POLICY_XML_H

#include <stddef.h>

#include "core/buf.h"

/*
 * Appends a document. json is what policy/ wrote itself; root names its
 * outermost element. What XML cannot hold becomes "?" or U+FFFD. out fails when
 * it is full or memory ran out.
 */
void
xml_of_json(struct buf *out, const char *root, const void *json, size_t len);

#endif
