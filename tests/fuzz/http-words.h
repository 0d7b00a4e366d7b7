/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HTTP as far as a judge has to know it, who must not use the library that is judged. */

/**
 * HttpPost:
 * @body: (nullable): where its body has to be, %NULL where that cannot be told without more knowledge
 *
 * A request that may have been heard.
 */
typedef struct
{
  const guint8 *body;
  gsize size;
} HttpPost;

/* Whether @bytes are a POST to @path, and to nothing else, that is not cut short */
gboolean http_read_post (const guint8 *bytes, gsize size, const char *path, HttpPost *post);

/* Returns: the status of the one answer in @text, 0 if nothing was answered; it is a finding if there is more */
guint http_read_status (const GString *text);

G_END_DECLS
