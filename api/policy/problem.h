/*
 * Problem answers (RFC 9457): fixed texts, never an echo of the input.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_PROBLEM_H
#define API_POLICY_PROBLEM_H

#include "core/err.h"
#include "core/lang.h"
#include "policy/answer.h"

/*
 * Replaces whatever body the answer had; keeps its faults and headers. Where
 * answers are GeoReport's, errors are, too.
 */
void
policy_problem(struct answer *, enum err, enum lang, const char *request_id);

/* Prints all failures and codes as markdown: docs/errors.md is this output. */
void policy_problem_document(struct buf *);

#endif
