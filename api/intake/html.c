/*
 * The words of an HTML mail, see html.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/html.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

static const char *const SILENT[] = {
    "head", "script", "style", "title", "template", "noscript", NULL};
static const char *const BLOCKS[] = {"address", "blockquote", "br", "dd", "div",
    "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "table", "td", "th", "tr", "ul", NULL};

static bool
is_one_of(const xmlNode *node, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (node->type == XML_ELEMENT_NODE &&
		    strcasecmp((const char *)node->name, *names) == 0) {
			return true;
		}
	}
	return false;
}

static bool
ends_with(const struct buf *out, const char *set)
{
	return out->len == 0 || strchr(set, out->data[out->len - 1]) != NULL;
}

static void
line_end(struct buf *out)
{
	while (out->len > 0 && out->data[out->len - 1] == ' ') {
		out->len--;
	}
	if (!ends_with(out, "\n")) {
		buf_byte(out, '\n');
	}
}

static void
words_put(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr(" \t\r\n", *text) == NULL) {
			buf_byte(out, (uint8_t)*text);
		} else if (!ends_with(out, " \n")) {
			buf_byte(out, ' ');
		}
	}
}

/* The next node in the order of the page; NULL after the last. */
static const xmlNode *
node_after(struct buf *out, const xmlNode *node, bool is_silent)
{
	if (node->children != NULL && !is_silent) {
		return node->children;
	}
	while (node != NULL && node->next == NULL) {
		node = node->parent;
		if (node != NULL && is_one_of(node, BLOCKS)) {
			line_end(out);
		}
	}
	return node == NULL ? NULL : node->next;
}

void
html_start(void)
{
	xmlInitParser();
}

void
html_text(struct buf *out, const void *text, size_t len)
{
	const int options = HTML_PARSE_RECOVER | HTML_PARSE_NONET |
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT;
	xmlDoc *page;
	const xmlNode *node;

	if (len > INT_MAX) {
		return;
	}
	page = htmlReadMemory(text, (int)len, NULL, "UTF-8", options);
	node = page == NULL ? NULL : xmlDocGetRootElement(page);
	while (node != NULL && !out->failed) {
		if (is_one_of(node, BLOCKS)) {
			line_end(out);
		}
		if (node->type == XML_TEXT_NODE && node->content != NULL) {
			words_put(out, (const char *)node->content);
		}
		node = node_after(out, node, is_one_of(node, SILENT));
	}
	xmlFreeDoc(page);
}
