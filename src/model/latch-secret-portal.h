/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void latch_secret_portal_wait_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean latch_secret_portal_wait_finish (GAsyncResult *result, GError **error);

G_END_DECLS
