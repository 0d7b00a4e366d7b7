/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LatchRoute:
 * @local: the address of this computer through which it reaches the other one
 * @remotes: (element-type GInetAddress): all addresses of the other one
 *
 * How this computer and another one see each other.
 */
typedef struct
{
  GInetAddress *local;
  GPtrArray *remotes;
} LatchRoute;

void latch_route_find_async (const char *host,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LatchRoute *latch_route_find_finish (GAsyncResult *result, GError **error);
void latch_route_free (LatchRoute *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchRoute, latch_route_free)

G_END_DECLS
