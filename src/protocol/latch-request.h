/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LatchRequestFlags:
 * @LATCH_REQUEST_COMMAND: changes something: sent at most once, never coalesced, ahead of every read
 * @LATCH_REQUEST_NO_TOKEN: needs no token (/auth)
 * @LATCH_REQUEST_PERSON: a person waits for it
 * @LATCH_REQUEST_GUEST: it is made by another program, which only waits for its turn here
 * @LATCH_REQUEST_BUSY_IS_OFFLINE: to bridges that speak API 1.6, a 503 says that the lock is offline
 */
typedef enum
{
  LATCH_REQUEST_READ = 0,
  LATCH_REQUEST_COMMAND = 1 << 0,
  LATCH_REQUEST_NO_TOKEN = 1 << 1,
  LATCH_REQUEST_PERSON = 1 << 2,
  LATCH_REQUEST_BUSY_IS_OFFLINE = 1 << 3,
  LATCH_REQUEST_GUEST = 1 << 4,
} LatchRequestFlags;

/*
 * A request in the queue, and everybody who waits for its answer. Plain data: the queue does the work.
 */
typedef struct
{
  char *path;
  char *query;
  LatchRequestFlags flags;
  guint deadline_ms;
  guint64 serial;
  GPtrArray *waiters;        /* of GTask: who asked, more than one for a read that several want */
  GCancellable *cancellable; /* cancelled when nobody waits any more */
  gint64 not_before;         /* monotonic time of the next attempt */
  gint64 deadline;           /* monotonic time, 0 before the first attempt */
  guint n_busy;              /* how often the bridge was busy */
  gboolean in_trial;         /* what is under way is the /info that finds out how to show the token */
} LatchRequest;

/**
 * LatchWaiter:
 * @request: what is waited for; %NULL once it was answered
 *
 * The task data of everybody who waits.
 */
typedef struct
{
  LatchRequest *request;
  GCancellable *cancellable;
  gulong cancelled_id;
  guint idle_id;
} LatchWaiter;

LatchRequest *latch_request_new (const char *path, const char *query, guint deadline_ms, guint64 serial);
void latch_request_free (LatchRequest *self);
void latch_request_return (LatchRequest *self, GBytes *body, const GError *error);
LatchWaiter *latch_request_add_waiter (LatchRequest *self, GTask *task);
void latch_request_remove_waiter (LatchRequest *self, GTask *task);

gboolean latch_request_is_command (const LatchRequest *self);
gboolean latch_request_goes_before (const LatchRequest *self, const LatchRequest *other);
gboolean latch_request_is_same_read (const LatchRequest *self, const char *path, const char *query, LatchRequestFlags flags);
gboolean latch_request_plan_retry (LatchRequest *self);
GError *latch_request_new_busy_error (const LatchRequest *self);

char *latch_request_build_uri (const char *host, guint16 port, const char *path, const char *query, const char *credentials);

G_END_DECLS
