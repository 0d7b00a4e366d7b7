/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-event.h"
#include "latch-store.h"

G_BEGIN_DECLS

/**
 * LatchEventFilter:
 * @LATCH_EVENT_FILTER_ALL: all
 * @LATCH_EVENT_FILTER_UNLOCKS: only what lets people in: bolts drawn in, and openers that open to whoever rings
 * @LATCH_EVENT_FILTER_ISSUES: only what wants attention: blocked motors, low batteries, sensors taken off …
 *
 * Which kinds of events somebody wants to see.
 */
typedef enum
{
  LATCH_EVENT_FILTER_ALL,
  LATCH_EVENT_FILTER_UNLOCKS,
  LATCH_EVENT_FILTER_ISSUES,
} LatchEventFilter;

/**
 * LatchEventQuery:
 * @before_at: with @before_id, the last event of the page before; both 0 for the first page
 * @limit: how many events to read at most
 * @bridge_id: (nullable): whose events; %NULL for all bridges'
 * @of_lock: whether only those of one lock
 * @nuki_id: that lock, at the bridge
 * @device_type: likewise
 * @kinds: the kinds to read, each as the bit `1 << kind`; 0 for all
 * @filter: which of these
 *
 * Which of the recorded events to read.
 */
typedef struct
{
  gint64 before_at;
  gint64 before_id;
  guint limit;
  const char *bridge_id;
  gboolean of_lock;
  guint64 nuki_id;
  int device_type;
  guint kinds;
  LatchEventFilter filter;
} LatchEventQuery;

/**
 * LatchDayQuery:
 * @bridge_id: the lock's bridge
 * @nuki_id: the lock, at the bridge
 * @device_type: likewise
 * @since: when the day begins
 * @until: when the next one does
 *
 * One day of one lock.
 */
typedef struct
{
  const char *bridge_id;
  guint64 nuki_id;
  int device_type;
  gint64 since;
  gint64 until;
} LatchDayQuery;

/* The store's record of what happened to locks. Writes are finished by latch_store_write_finish(). */
void latch_store_record_events_async (LatchStore *self, GPtrArray *events, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void latch_store_load_events_async (LatchStore *self, const LatchEventQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *latch_store_load_events_finish (LatchStore *self, GAsyncResult *result, GError **error);
void latch_store_load_day_async (LatchStore *self, const LatchDayQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *latch_store_load_day_finish (LatchStore *self, GAsyncResult *result, GError **error);
void latch_store_prune_events_async (LatchStore *self, guint days, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void latch_store_clear_events_async (LatchStore *self, const char *bridge_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void latch_store_clear_lock_events_async (LatchStore *self, const char *bridge_id, guint64 nuki_id, int device_type, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
