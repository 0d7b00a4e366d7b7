/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"

G_BEGIN_DECLS

void latch_proof_ask_async (LatchClient *client,
                            const char *bridge_id,
                            const char *host,
                            guint16 port,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean latch_proof_ask_finish (LatchClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
