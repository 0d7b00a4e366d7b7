/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The desktop's portals, which are there for programs in a sandbox, and for some things outside. */

#define LATCH_PORTAL_NAME "org.freedesktop.portal.Desktop"
#define LATCH_PORTAL_PATH "/org/freedesktop/portal/desktop"

gboolean latch_portal_is_needed (void);

void latch_portal_get_version_async (GDBusConnection *connection,
                                     const char *interface,
                                     int timeout_ms,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
guint latch_portal_get_version_finish (GDBusConnection *connection, GAsyncResult *result, GError **error);

G_END_DECLS
