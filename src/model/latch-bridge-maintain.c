/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-maintain.h"

#include <glib/gi18n-lib.h>
#include <time.h>

#include "latch-bridge-private.h"
#include "latch-error.h"

/*
 * Has a bridge restart, and watches it go and come back. The command is sent once, and its answer says next to nothing:
 * what came of it shows only in what the bridge says of itself later (spec: /info, uptime), if it says anything.
 */

/* How often it is asked. One that is not there takes its time not to answer */
#define POLL_MS 2500
/* Real bridges are silent for about 45 seconds; who is still there after this has not restarted */
#define LEAVE_MS 60000
/* But first, new firmware has to be found and fetched */
#define UPDATE_MS (5 * 60000)
/* How long it may stay away, unless it is busy with new firmware */
#define RETURN_MS (3 * 60000)
/* Who was reset has lost its network, too: silence for that long is what there is to see of it */
#define RESET_MS 60000

typedef struct
{
  LatchMaintenance what;
  gboolean uncertain; /* whether the command arrived */
  gint64 sent_at;     /* for how long this computer had been running, sleep included, in microseconds */
  gint64 watched_since; /* monotonic */
  gint64 silent_since;  /* likewise; 0 while it answers */
  gboolean was_silent;
  char *firmware_before;
} Work;

static void poll (GTask *task);

void
latch_bridge_set_maintenance (LatchBridge *self, LatchMaintenance maintenance)
{
  if (self->maintenance != maintenance)
    {
      self->maintenance = maintenance;
      latch_bridge_notify (self, LATCH_BRIDGE_PROP_MAINTENANCE);
      latch_bridge_schedule_info (self);
    }
}

void
latch_bridge_set_asked_to (LatchBridge *self, LatchMaintenance asked_to)
{
  if (self->asked_to != asked_to)
    {
      self->asked_to = asked_to;
      latch_bridge_notify (self, LATCH_BRIDGE_PROP_ASKED_TO);
    }
}

static void
work_free (Work *work)
{
  g_free (work->firmware_before);
  g_free (work);
}

static Work *
get_work (GTask *task)
{
  return g_task_get_task_data (task);
}

/* It is over, and life goes on as usual; or it was stopped, and somebody else has seen to that */
static gboolean
end (GTask *task, LatchMaintenance then)
{
  LatchBridge *self = g_task_get_source_object (task);

  if (g_task_return_error_if_cancelled (task))
    return FALSE;

  g_clear_object (&self->maintaining);
  latch_bridge_set_asked_to (self, LATCH_MAINTENANCE_NONE);
  latch_bridge_set_maintenance (self, then);

  return TRUE;
}

static void
succeed (GTask *task, LatchMaintenanceOutcome outcome)
{
  LatchBridge *self = g_task_get_source_object (task);
  LatchMaintenanceReport *report = NULL;

  if (!end (task, outcome == LATCH_MAINTENANCE_OUTCOME_RESET ? LATCH_MAINTENANCE_WAS_RESET : LATCH_MAINTENANCE_NONE))
    return;

  report = g_new0 (LatchMaintenanceReport, 1);
  report->outcome = outcome;
  report->firmware_before = g_strdup (get_work (task)->firmware_before);
  report->firmware_after = g_strdup (self->info != NULL ? self->info->firmware_version : NULL);
  g_task_return_pointer (task, report, (GDestroyNotify) latch_maintenance_report_free);
}

/* @reason: (nullable): what is wrong with the bridge itself from now on. Takes @error */
static void
fail (GTask *task, const GError *reason, GError *error)
{
  LatchBridge *self = g_task_get_source_object (task);

  if (!end (task, LATCH_MAINTENANCE_NONE))
    {
      g_error_free (error);
      return;
    }

  if (reason != NULL)
    latch_bridge_apply_lock_error (self, reason);
  g_task_return_error (task, error);
}

static gboolean
lasts (GTask *task, gint64 since, gint64 ms)
{
  LatchBridge *self = g_task_get_source_object (task);

  return since != 0 && g_get_monotonic_time () - since > ms * G_TIME_SPAN_MILLISECOND / self->haste;
}

static gint64
read_boot_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Whether it was started after it was told to. Somebody who is late may have restarted it before, so that a mere drop
 * of the time for which it has been running proves nothing */
static gboolean
has_restarted (const Work *work, const LatchInfoSnapshot *info)
{
  if (info->uptime < 0)
    return work->was_silent;

  return info->uptime < (read_boot_time () - work->sent_at) / (double) G_USEC_PER_SEC;
}

static void
stayed (GTask *task)
{
  Work *work = get_work (task);

  if (work->what == LATCH_MAINTENANCE_UPDATING && work->uncertain)
    fail (task, NULL,
          g_error_new_literal (LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN,
                               _("No answer came, and no restart was seen. It may or may not have looked for new firmware")));
  else if (work->what == LATCH_MAINTENANCE_UPDATING)
    succeed (task, LATCH_MAINTENANCE_OUTCOME_STAYED);
  else if (work->what == LATCH_MAINTENANCE_RESETTING)
    fail (task, NULL,
          g_error_new_literal (LATCH_ERROR, LATCH_ERROR_REFUSED,
                               _("The bridge was not reset: it still accepts this computer")));
  else
    fail (task, NULL,
          g_error_new_literal (LATCH_ERROR, LATCH_ERROR_REFUSED,
                               _("The bridge was not seen to restart. Unplug it for a moment instead")));
}

/* Whether the bridge does not know us any more */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG);
}

static void
stayed_away (GTask *task, GError *reason)
{
  Work *work = get_work (task);
  GError *error = NULL;

  if (work->what == LATCH_MAINTENANCE_RESETTING && !work->uncertain)
    {
      g_error_free (reason);
      succeed (task, LATCH_MAINTENANCE_OUTCOME_RESET);
      return;
    }

  if (work->what == LATCH_MAINTENANCE_RESETTING)
    error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN,
                                 _("The bridge has been silent since. It may or may not have been reset"));
  else if (is_refusal (reason))
    error = g_error_copy (reason);
  else
    error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_TIMED_OUT,
                                 _("The bridge did not come back. Unplug it for ten seconds, and check that the Wi-Fi works"));
  fail (task, reason, error);
  g_error_free (reason);
}

static gboolean
poll_cb (gpointer user_data)
{
  if (!g_task_return_error_if_cancelled (user_data))
    poll (g_object_ref (user_data));

  return G_SOURCE_REMOVE;
}

static void
poll_later (GTask *task)
{
  LatchBridge *self = g_task_get_source_object (task);

  g_timeout_add_full (G_PRIORITY_DEFAULT, POLL_MS / self->haste, poll_cb, g_object_ref (task), g_object_unref);
}

static void
judge_answer (GTask *task, const LatchInfoSnapshot *info)
{
  LatchBridge *self = g_task_get_source_object (task);
  Work *work = get_work (task);

  work->silent_since = 0;
  latch_bridge_apply_info (self, info);
  if (has_restarted (work, info))
    {
      if (work->what == LATCH_MAINTENANCE_RESETTING)
        stayed (task);
      else
        succeed (task, LATCH_MAINTENANCE_OUTCOME_RESTARTED);
    }
  else if (lasts (task, work->watched_since, work->what == LATCH_MAINTENANCE_UPDATING ? UPDATE_MS : LEAVE_MS))
    stayed (task);
  else
    poll_later (task);
}

/* Takes @error */
static void
judge_failure (GTask *task, GError *error)
{
  LatchBridge *self = g_task_get_source_object (task);
  Work *work = get_work (task);
  gboolean resetting = work->what == LATCH_MAINTENANCE_RESETTING;
  gint64 patience = resetting ? RESET_MS : work->what == LATCH_MAINTENANCE_UPDATING ? UPDATE_MS : RETURN_MS;

  if (resetting && is_refusal (error))
    {
      g_error_free (error);
      succeed (task, LATCH_MAINTENANCE_OUTCOME_RESET);
      return;
    }

  latch_bridge_apply_error (self, error);
  work->was_silent = TRUE;
  if (work->silent_since == 0)
    work->silent_since = g_get_monotonic_time ();
  if (lasts (task, work->silent_since, patience))
    stayed_away (task, error);
  else
    {
      g_debug ("Bridge %s is not back yet: %s", self->id, error->message);
      g_error_free (error);
      poll_later (task);
    }
}

static void
polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (LatchInfoSnapshot) info = latch_client_info_finish (LATCH_CLIENT (source), result, &error);

  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (info != NULL)
    judge_answer (task, info);
  else
    judge_failure (task, error);
}

static void
poll (GTask *task)
{
  LatchBridge *self = g_task_get_source_object (task);

  latch_client_info_async (self->client, g_task_get_cancellable (task), polled_cb, task);
}

static void
watch (GTask *task)
{
  LatchBridge *self = g_task_get_source_object (task);
  Work *work = get_work (task);

  work->watched_since = g_get_monotonic_time ();
  latch_bridge_set_maintenance (self, work->what);
  latch_bridge_set_asked_to (self, LATCH_MAINTENANCE_NONE);
  /* One that looks for firmware goes on working meanwhile, or for good */
  if (work->what != LATCH_MAINTENANCE_UPDATING)
    latch_bridge_set_connection (self, LATCH_CONNECTION_UNKNOWN, NULL);
  poll_later (task);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchClient *client = LATCH_CLIENT (source);
  Work *work = get_work (task);
  GError *error = NULL;
  gboolean done;

  if (work->what == LATCH_MAINTENANCE_RESTARTING)
    done = latch_client_reboot_finish (client, result, &error);
  else if (work->what == LATCH_MAINTENANCE_UPDATING)
    done = latch_client_firmware_update_finish (client, result, &error);
  else
    done = latch_client_factory_reset_finish (client, result, &error);

  /* Who restarts at once may well break off before it has answered */
  work->uncertain = g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN);
  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (done || work->uncertain)
    {
      g_clear_error (&error);
      watch (task);
    }
  else
    {
      g_autoptr (GError) reason = NULL;

      latch_bridge_explain_error (g_task_get_source_object (task), &error);
      reason = g_error_copy (error);
      fail (task, reason, error);
    }
}

/**
 * latch_bridge_maintain_async:
 * @what: %LATCH_MAINTENANCE_RESTARTING (spec: /reboot), %LATCH_MAINTENANCE_UPDATING (spec: /fwupdate) or
 *   %LATCH_MAINTENANCE_RESETTING (spec: /factoryReset)
 *
 * Tells the bridge to do that, once; then watches what comes of it, which takes minutes at most and shows in
 * #LatchBridge:maintenance. Without the bridge's answer, it is watched in the same way.
 */
void
latch_bridge_maintain_async (LatchBridge *self, LatchMaintenance what, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Work *work = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));
  g_return_if_fail (what > LATCH_MAINTENANCE_NONE && what < LATCH_MAINTENANCE_WAS_RESET);

  if (self->maintaining != NULL)
    {
      g_task_report_new_error (self, callback, user_data, latch_bridge_maintain_async, LATCH_ERROR, LATCH_ERROR_BUSY,
                               _("Something else is being done with this bridge. Wait until that is over"));
      return;
    }

  self->maintaining = g_cancellable_new ();
  task = g_task_new (self, self->maintaining, callback, user_data);
  g_task_set_source_tag (task, latch_bridge_maintain_async);
  work = g_new0 (Work, 1);
  work->what = what;
  work->sent_at = read_boot_time ();
  work->firmware_before = g_strdup (self->info != NULL ? self->info->firmware_version : NULL);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  latch_bridge_set_asked_to (self, what);

  if (what == LATCH_MAINTENANCE_RESTARTING)
    latch_client_reboot_async (self->client, self->maintaining, sent_cb, g_steal_pointer (&task));
  else if (what == LATCH_MAINTENANCE_UPDATING)
    latch_client_firmware_update_async (self->client, self->maintaining, sent_cb, g_steal_pointer (&task));
  else
    latch_client_factory_reset_async (self->client, self->maintaining, sent_cb, g_steal_pointer (&task));
}

/**
 * latch_bridge_maintain_finish:
 * @error: set to why the bridge did not do it, %LATCH_ERROR_TIMED_OUT if it did not come back, or
 *   %LATCH_ERROR_OUTCOME_UNKNOWN; the last two leave the bridge to whoever keeps it, as any that does not answer
 *
 * Returns: (transfer full) (nullable): what came of it
 */
LatchMaintenanceReport *
latch_bridge_maintain_finish (LatchBridge *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_bridge_maintain_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * latch_bridge_stop_maintaining:
 *
 * Watches the bridge no more, as nobody keeps it any longer. What it was told is not taken back by this.
 */
void
latch_bridge_stop_maintaining (LatchBridge *self)
{
  g_autoptr (GCancellable) maintaining = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));

  maintaining = g_steal_pointer (&self->maintaining);
  if (maintaining == NULL)
    return;

  g_cancellable_cancel (maintaining);
  latch_bridge_set_asked_to (self, LATCH_MAINTENANCE_NONE);
  latch_bridge_set_maintenance (self, LATCH_MAINTENANCE_NONE);
}

void
latch_maintenance_report_free (LatchMaintenanceReport *self)
{
  g_free (self->firmware_before);
  g_free (self->firmware_after);
  g_free (self);
}
