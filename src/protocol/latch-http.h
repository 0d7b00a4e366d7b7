/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* No answer of a bridge is larger */
#define LATCH_HTTP_MAX_BODY (1024 * 1024)

/*
 * One GET request with the rules that hold for all of ours: a deadline for the whole of it, a bound on the body, no
 * redirection followed (a token must not follow one), a connection of its own, never sent twice.
 */

void latch_http_get_async (SoupSession *session,
                           const char *uri,
                           guint deadline_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void latch_http_cancel_soon (GCancellable *cancellable);
GBytes *latch_http_get_finish (GAsyncResult *result, guint *status, gboolean *was_sent, GError **error);

G_END_DECLS
