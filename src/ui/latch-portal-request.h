/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something that is asked of the desktop through its portals, and answered once a person has decided, perhaps never. */

void latch_portal_request_async (GDBusConnection *connection,
                                 const char *interface,
                                 const char *method,
                                 GVariant *arguments,
                                 GVariantDict *options,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GVariant *latch_portal_request_finish (GDBusConnection *connection, GAsyncResult *result, GError **error);

G_END_DECLS
