/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store-activity.h"

#include "latch-store-activity-queries.h"
#include "latch-store-private.h"

#define SECONDS_PER_DAY (24 * 60 * 60)

static gboolean
record_events (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  return latch_store_queries_record_events (db, subject, error);
}

static gboolean
load_events (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  *result = latch_store_queries_load_events (db, subject, error);

  return *result != NULL;
}

static gboolean
prune_events (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  return latch_store_queries_prune_events (db, *(const gint64 *) subject, error);
}

static gboolean
clear_events (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  return latch_store_queries_clear_events (db, subject, error);
}

static gboolean
load_day (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  *result = latch_store_queries_load_day (db, subject, error);

  return *result != NULL;
}

static gboolean
clear_lock_events (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  const LatchEventQuery *query = subject;

  return latch_store_queries_clear_lock_events (db, query->bridge_id, query->nuki_id, query->device_type, error);
}

static LatchEventQuery *
query_copy (const LatchEventQuery *query)
{
  LatchEventQuery *copy = g_memdup2 (query, sizeof *query);

  copy->bridge_id = g_strdup (query->bridge_id);

  return copy;
}

static void
query_free (gpointer data)
{
  LatchEventQuery *query = data;

  g_free ((char *) query->bridge_id);
  g_free (query);
}

static LatchDayQuery *
day_query_copy (const LatchDayQuery *query)
{
  LatchDayQuery *copy = g_memdup2 (query, sizeof *query);

  copy->bridge_id = g_strdup (query->bridge_id);

  return copy;
}

static void
day_query_free (gpointer data)
{
  LatchDayQuery *query = data;

  g_free ((char *) query->bridge_id);
  g_free (query);
}

/**
 * latch_store_record_events_async:
 * @events: (element-type LatchEvent): what happened, oldest first; copied. IDs are not looked at
 * @cancellable: (nullable): cancels what has not begun; afterwards it is done all the same, and reported so
 *
 * Records what happened to locks of known bridges, all of it or nothing. Several programs may tell of the same: what
 * is known already is not recorded twice.
 *
 * A lock that was last recorded to be in some state, door state, mode or state of batteries does not get there again;
 * but who knows the cause of a change that others have merely seen, within a minute, has it put right. An event whose
 * two values are the same only confirms what is: it is recorded if that is not what was recorded last. What a lock
 * changed from is what was recorded last; if nothing was, it is what the event says. Rings are told apart by their
 * times, and gaps by when they began.
 *
 * Calls that pile up are written in one go. Finish with latch_store_write_finish().
 */
void
latch_store_record_events_async (LatchStore *self,
                                 GPtrArray *events,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GPtrArray) copies = NULL;

  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (events != NULL);

  copies = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (copies, latch_event_copy (events->pdata[i]));

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_write_finish,
                            .writes = TRUE,
                            .activity = LATCH_STORE_ACTIVITY_ADDED,
                            .work = record_events,
                            .subject = g_steal_pointer (&copies),
                            .free_subject = (GDestroyNotify) g_ptr_array_unref,
                          },
                    cancellable, callback, user_data);
}

/**
 * latch_store_load_events_async:
 * @query: which events; copied
 *
 * Reads a page of what was recorded, newest first. Events of the same second are in the order in which they were
 * recorded. The next page comes before the last event of this one.
 */
void
latch_store_load_events_async (LatchStore *self,
                               const LatchEventQuery *query,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (query != NULL && query->limit > 0);
  g_return_if_fail (!query->of_lock || query->bridge_id != NULL);

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_load_events_async,
                            .work = load_events,
                            .subject = query_copy (query),
                            .free_subject = query_free,
                            .free_result = (GDestroyNotify) g_ptr_array_unref,
                          },
                    cancellable, callback, user_data);
}

/**
 * latch_store_load_events_finish:
 * @error: set as by latch_store_load_finish()
 *
 * Returns: (transfer full) (element-type LatchEvent) (nullable): the events. Fewer than were asked for are the last
 */
GPtrArray *
latch_store_load_events_finish (LatchStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_store_load_events_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * latch_store_load_day_async:
 * @query: which day of which lock; copied
 *
 * Reads what is needed to say what the lock was at each moment of a day: what was recorded of its state and mode and of
 * gaps in that day, and of each the last before and the first after. Finish with latch_store_load_day_finish().
 */
void
latch_store_load_day_async (LatchStore *self,
                            const LatchDayQuery *query,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (query != NULL && query->bridge_id != NULL);

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_load_day_async,
                            .work = load_day,
                            .subject = day_query_copy (query),
                            .free_subject = day_query_free,
                            .free_result = (GDestroyNotify) g_ptr_array_unref,
                          },
                    cancellable, callback, user_data);
}

/**
 * latch_store_load_day_finish:
 * @error: set as by latch_store_load_finish()
 *
 * Returns: (transfer full) (element-type LatchEvent) (nullable): the events, oldest first
 */
GPtrArray *
latch_store_load_day_finish (LatchStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_store_load_day_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * latch_store_prune_events_async:
 * @days: how many days to remember
 *
 * Deletes older events. Finish with latch_store_write_finish().
 */
void
latch_store_prune_events_async (LatchStore *self,
                                guint days,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  gint64 before = g_get_real_time () / G_USEC_PER_SEC - (gint64) days * SECONDS_PER_DAY;

  g_return_if_fail (LATCH_IS_STORE (self));

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_write_finish,
                            .activity = LATCH_STORE_ACTIVITY_REMOVED,
                            .work = prune_events,
                            .subject = g_memdup2 (&before, sizeof before),
                            .free_subject = g_free,
                          },
                    cancellable, callback, user_data);
}

/**
 * latch_store_clear_events_async:
 * @bridge_id: (nullable): whose events; %NULL for all
 *
 * Deletes all events. Finish with latch_store_write_finish().
 */
void
latch_store_clear_events_async (LatchStore *self,
                                const char *bridge_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_write_finish,
                            .writes = TRUE,
                            .activity = LATCH_STORE_ACTIVITY_REMOVED,
                            .work = clear_events,
                            .subject = g_strdup (bridge_id),
                            .free_subject = g_free,
                          },
                    cancellable, callback, user_data);
}

/**
 * latch_store_clear_lock_events_async:
 * @bridge_id: the lock's bridge
 * @nuki_id: the lock, at the bridge
 * @device_type: likewise
 *
 * Deletes what was recorded so far of one lock. Finish with latch_store_write_finish().
 */
void
latch_store_clear_lock_events_async (LatchStore *self,
                                     const char *bridge_id,
                                     guint64 nuki_id,
                                     int device_type,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  LatchEventQuery query = { .bridge_id = bridge_id, .nuki_id = nuki_id, .device_type = device_type };

  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (bridge_id != NULL);

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_write_finish,
                            .activity = LATCH_STORE_ACTIVITY_REMOVED,
                            .work = clear_lock_events,
                            .subject = query_copy (&query),
                            .free_subject = query_free,
                          },
                    cancellable, callback, user_data);
}
