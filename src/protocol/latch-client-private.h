/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"
#include "latch-request-queue.h"

G_BEGIN_DECLS

void latch_client_read (LatchClient *self,
                        const char *path,
                        const char *query,
                        LatchRequestFlags flags,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
void latch_client_command (LatchClient *self,
                           const char *path,
                           const char *query,
                           LatchRequestFlags flags,
                           guint deadline,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void latch_client_ask (LatchClient *self,
                       const char *path,
                       guint deadline,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
gboolean latch_client_command_finish (LatchClient *self, GAsyncResult *result, GError **error);
LatchRequestQueue *latch_client_get_queue (LatchClient *self);
void latch_client_heard_info (LatchClient *self, const LatchInfoSnapshot *info);
char *latch_client_device_query (guint64 nuki_id, int device_type);

G_END_DECLS
