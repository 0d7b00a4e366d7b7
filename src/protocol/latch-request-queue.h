/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "latch-authenticator.h"
#include "latch-request.h"
#include "latch-turnstile.h"

G_BEGIN_DECLS

#define LATCH_TYPE_REQUEST_QUEUE (latch_request_queue_get_type ())

/*
 * One bridge's requests: one at a time with a gap between them, commands ahead of reads, identical waiting reads as
 * one, reads retried while the bridge is busy.
 */
G_DECLARE_FINAL_TYPE (LatchRequestQueue, latch_request_queue, LATCH, REQUEST_QUEUE, GObject)

LatchRequestQueue *latch_request_queue_new (LatchAuthenticator *authenticator);

void latch_request_queue_set_address (LatchRequestQueue *self, const char *host, guint16 port);
LatchTurnstile *latch_request_queue_get_turnstile (LatchRequestQueue *self);
void latch_request_queue_set_turnstile (LatchRequestQueue *self, LatchTurnstile *turnstile);

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

/* For requests of other programs */
void latch_request_queue_take_turn_async (LatchRequestQueue *self,
                                          gpointer source_object,
                                          const char *path,
                                          LatchRequestFlags flags,
                                          guint deadline_ms,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
guint64 latch_request_queue_take_turn_finish (GAsyncResult *result, GError **error);
void latch_request_queue_end_turn (LatchRequestQueue *self, guint64 turn);

G_END_DECLS
