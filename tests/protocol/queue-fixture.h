/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-request-queue.h"
#include "latch-test-simulator.h"

G_BEGIN_DECLS

/* A request queue that speaks to a simulated bridge, and calls whose results can be waited for. */

/* Milliseconds between two requests, and before a first and second retry, at least */
#define GAP 300
#define FIRST_RETRY 500
#define SECOND_RETRY 1000

/* A deadline that no request needs */
#define LONG 20000

typedef struct
{
  LatchTestSimulator *simulator;
  LatchAuthenticator *authenticator;
  LatchRequestQueue *queue;
} QueueFixture;

typedef struct
{
  GCancellable *cancellable;
  GAsyncResult *result;
} QueueCall;

void queue_set_up (QueueFixture *fixture, gconstpointer data);
void queue_tear_down (QueueFixture *fixture, gconstpointer data);
QueueCall *queue_call_new (void);
void queue_call_free (QueueCall *call);
void queue_send_call (QueueFixture *fixture, QueueCall *call, const char *path, const char *query,
                      LatchRequestFlags flags, guint deadline);
QueueCall *queue_send (QueueFixture *fixture, const char *path, const char *query, LatchRequestFlags flags);
QueueCall *queue_occupy (QueueFixture *fixture);
void queue_assert_answered (QueueCall *call);
void queue_assert_failed (QueueCall *call, GQuark domain, int code);
void queue_assert_requests (QueueFixture *fixture, const char *expected);
gint64 queue_get_distance (QueueFixture *fixture, guint index);

#define queue_assert_cancelled(call) queue_assert_failed (call, G_IO_ERROR, G_IO_ERROR_CANCELLED)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QueueCall, queue_call_free)

G_END_DECLS
