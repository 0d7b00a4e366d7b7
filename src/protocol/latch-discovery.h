/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_DISCOVERY_URL "https://factory.nuki.io/discover/bridges"
#define LATCH_DISCOVERY_NEWER_URL "https://api.nuki.io/discover/bridges"

gboolean latch_discovery_is_url (const char *text);

void latch_discovery_find_async (const char *url,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *latch_discovery_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
