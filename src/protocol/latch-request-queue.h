/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "latch-authenticator.h"

G_BEGIN_DECLS

/**
 * LatchRequestFlags:
 * @LATCH_REQUEST_COMMAND: changes something: sent at most once, never coalesced, ahead of every read
 * @LATCH_REQUEST_NO_TOKEN: needs no token (/auth)
 * @LATCH_REQUEST_PERSON: a person waits for it
 * @LATCH_REQUEST_BUSY_IS_OFFLINE: to bridges that speak API 1.6, a 503 says that the lock is offline
 */
typedef enum
{
  LATCH_REQUEST_READ = 0,
  LATCH_REQUEST_COMMAND = 1 << 0,
  LATCH_REQUEST_NO_TOKEN = 1 << 1,
  LATCH_REQUEST_PERSON = 1 << 2,
  LATCH_REQUEST_BUSY_IS_OFFLINE = 1 << 3,
} LatchRequestFlags;

#define LATCH_TYPE_REQUEST_QUEUE (latch_request_queue_get_type ())

/*
 * One bridge's requests: one at a time with a gap between them, commands ahead of reads, identical waiting reads as
 * one, reads retried while the bridge is busy.
 */
G_DECLARE_FINAL_TYPE (LatchRequestQueue, latch_request_queue, LATCH, REQUEST_QUEUE, GObject)

LatchRequestQueue *latch_request_queue_new (LatchAuthenticator *authenticator);

void latch_request_queue_set_address (LatchRequestQueue *self, const char *host, guint16 port);

void latch_request_queue_send_async (LatchRequestQueue *self,
                                     gpointer source_object,
                                     const char *path,
                                     const char *query,
                                     LatchRequestFlags flags,
                                     guint deadline_ms,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GBytes *latch_request_queue_send_finish (GAsyncResult *result, GError **error);

G_END_DECLS
