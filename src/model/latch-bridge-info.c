/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"

#include "latch-error.h"

/* What a bridge says of itself (spec: /info), and how it is kept fresh for those who look at it */

/* Seconds from one question to the next while somebody looks: enough to watch a signal while one carries a lock about */
#define CLOSE_INTERVAL 10
/* Soon after a slip, then ever more rarely: who waits for the answer keeps the bridge from others */
#define FIRST_RETRY 2
#define LONGEST_INTERVAL 160
/* One lost request is nothing to tell of */
#define FAILURES_TO_TELL 2

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
set_error (LatchBridge *self, const GError *error)
{
  gboolean changed = g_strcmp0 (self->info_error != NULL ? self->info_error->message : NULL,
                                error != NULL ? error->message : NULL) != 0;

  g_clear_error (&self->info_error);
  self->info_error = error != NULL ? g_error_copy (error) : NULL;
  if (changed)
    latch_bridge_notify (self, LATCH_BRIDGE_PROP_INFO_ERROR_MESSAGE);
}

/**
 * latch_bridge_apply_info:
 * @info: what the bridge said of itself
 *
 * Takes over what the bridge says of itself, and how well it hears its locks.
 */
void
latch_bridge_apply_info (LatchBridge *self, const LatchInfoSnapshot *info)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));
  g_return_if_fail (info != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  g_clear_pointer (&self->info, latch_info_snapshot_free);
  self->info = latch_info_snapshot_copy (info);
  latch_bridge_set_bridge_type (self, info->bridge_type);
  self->info_at = get_now ();
  self->info_boot_time = latch_bridge_clock_read_boot_time ();
  latch_bridge_clock_hear (&self->clock, info, self->info_at, self->info_boot_time);

  latch_range_apply (self->range, info->scan_results, G_LIST_MODEL (self));
  for (guint i = 0; i < self->locks->len; i++)
    {
      LatchDeviceInRange *device = latch_range_find (self->range, self->locks->pdata[i]);

      latch_lock_set_rssi (self->locks->pdata[i], device != NULL ? latch_device_in_range_get_rssi (device) : 0);
    }

  self->n_info_failures = 0;
  set_error (self, NULL);
  latch_bridge_notify (self, LATCH_BRIDGE_PROP_INFO);
  latch_bridge_notify (self, LATCH_BRIDGE_PROP_INFO_AT);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
is_slip (const GError *error)
{
  return latch_error_is_connection (error) || g_error_matches (error, LATCH_ERROR, LATCH_ERROR_BUSY);
}

static void
apply_failure (LatchBridge *self, const GError *error)
{
  if (error->domain != LATCH_ERROR)
    {
      self->info_asked_at = 0; /* cancelled: whoever looks again has not been told anything */
      return;
    }

  self->n_info_failures++;
  if (!is_slip (error) || self->n_info_failures >= FAILURES_TO_TELL || self->info == NULL)
    set_error (self, error);
}

static void
info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchBridge *self = g_task_get_source_object (task);
  g_autoptr (LatchInfoSnapshot) info = NULL;
  GError *error = NULL;

  info = latch_client_info_finish (LATCH_CLIENT (source), result, &error);
  g_object_freeze_notify (G_OBJECT (self));
  if (info == NULL)
    {
      latch_bridge_explain_error (self, &error);
      apply_failure (self, error);
    }
  else
    latch_bridge_apply_info (self, info);
  if (--self->n_info_questions == 0)
    latch_bridge_notify (self, LATCH_BRIDGE_PROP_ASKING_INFO);
  latch_bridge_schedule_info (self);
  g_object_thaw_notify (G_OBJECT (self));

  if (info != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * latch_bridge_refresh_info_async:
 *
 * Asks the bridge about itself, and which devices it hears how well (spec: /info).
 */
void
latch_bridge_refresh_info_async (LatchBridge *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_bridge_refresh_info_async);
  self->info_asked_at = g_get_monotonic_time ();
  g_clear_handle_id (&self->info_timer_id, g_source_remove);
  latch_client_info_async (latch_bridge_get_client (self), cancellable, info_cb, task);
  if (++self->n_info_questions == 1)
    latch_bridge_notify (self, LATCH_BRIDGE_PROP_ASKING_INFO);
}

gboolean
latch_bridge_refresh_info_finish (LatchBridge *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
timer_cb (gpointer user_data)
{
  LatchBridge *self = user_data;

  self->info_timer_id = 0;
  latch_bridge_refresh_info_async (self, self->watching, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static guint
get_interval (LatchBridge *self)
{
  if (self->n_info_failures == 0)
    return CLOSE_INTERVAL;
  if (self->n_info_failures == 1)
    return FIRST_RETRY;

  return MIN (CLOSE_INTERVAL << MIN (self->n_info_failures - 2, 8), LONGEST_INTERVAL);
}

/* For the files that share this class: sees to the next question, if somebody looks. A bridge that does not answer, or
 * refuses us, or restarts, is others' to try; once that is over we hear of it */
void
latch_bridge_schedule_info (LatchBridge *self)
{
  gint64 due = self->info_asked_at + get_interval (self) * G_TIME_SPAN_SECOND;
  gint64 wait = self->info_asked_at != 0 ? MAX (0, due - g_get_monotonic_time ()) : 0;

  g_clear_handle_id (&self->info_timer_id, g_source_remove);
  if (!self->watched_closely || self->n_info_questions > 0 || self->connection != LATCH_CONNECTION_CONNECTED ||
      self->maintenance != LATCH_MAINTENANCE_NONE)
    return;

  self->info_timer_id = g_timeout_add (wait / G_TIME_SPAN_MILLISECOND, timer_cb, self);
}

gboolean
latch_bridge_get_watched_closely (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  return self->watched_closely;
}

/**
 * latch_bridge_set_watched_closely:
 * @watched_closely: whether somebody looks at the bridge itself rather than at its locks
 *
 * Has the bridge asked about itself every few seconds, and at once if it has not been lately.
 */
void
latch_bridge_set_watched_closely (LatchBridge *self, gboolean watched_closely)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));

  self->watched_closely = !!watched_closely;
  if (watched_closely && self->watching == NULL)
    self->watching = g_cancellable_new ();
  else if (!watched_closely && self->watching != NULL)
    {
      /* Nobody should wait behind a question in which nobody is interested any more, least of all who leaves */
      g_cancellable_cancel (self->watching);
      g_clear_object (&self->watching);
    }
  latch_bridge_schedule_info (self);
}

/**
 * latch_bridge_get_info_at:
 *
 * Returns: when the bridge last told of itself, in seconds since 1970; 0 if it has not since the program started
 */
gint64
latch_bridge_get_info_at (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), 0);

  return self->info_at;
}

/**
 * latch_bridge_get_info_error:
 *
 * Returns: (nullable): why the bridge does not tell of itself any more
 */
const GError *
latch_bridge_get_info_error (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->info_error;
}

gboolean
latch_bridge_get_asking_info (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  return self->n_info_questions > 0;
}

/**
 * latch_bridge_is_info_current:
 *
 * Returns: whether what the bridge said of itself can be told as true now, rather than as what it last said
 */
gboolean
latch_bridge_is_info_current (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  return self->info != NULL && self->info_error == NULL && self->connection == LATCH_CONNECTION_CONNECTED;
}

/**
 * latch_bridge_get_uptime:
 *
 * Returns: for how many seconds the bridge has been running, with the time since it said so, as long as it answers; -1
 *   where it does not say
 */
gint64
latch_bridge_get_uptime (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), -1);

  if (self->info == NULL || self->info->uptime < 0)
    return -1;
  if (!latch_bridge_is_info_current (self))
    return self->info->uptime;

  return self->info->uptime + latch_bridge_clock_read_boot_time () - self->info_boot_time;
}

/**
 * latch_bridge_get_clock_offset:
 * @offset: (out): by how many seconds the bridge's clock is ahead of this computer's; negative if it is behind
 *
 * Returns: whether that is known
 */
gboolean
latch_bridge_get_clock_offset (LatchBridge *self, gint64 *offset)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  return self->info != NULL && self->info->current_time != 0 &&
         latch_bridge_clock_get_offset (&self->clock, get_now (), latch_bridge_clock_read_boot_time (), offset);
}

/**
 * latch_bridge_get_range:
 *
 * Returns: (transfer none): the devices that the bridge hears
 */
LatchRange *
latch_bridge_get_range (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->range;
}
