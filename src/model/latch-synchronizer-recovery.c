/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-synchronizer-private.h"

#include "latch-error.h"

/* What ends an outage, or shows that all that is known may be over */

/* A network that changes does so several times in a row */
#define NETWORK_MS 400
/* So many failures in a row are no restart */
#define FAILURES_TO_LOCATE 3
/* Minutes after which a bridge that refused us may be asked once more, if there is reason to hope: it may have been one
 * that did not know the time yet, or somebody else at its address */
#define REFUSAL_MINUTES 15
/* And seconds where it is known that it is but a clock */
#define CLOCK_SECONDS 60

gboolean
latch_synchronizer_is_over (LatchSynchronizer *self)
{
  return !self->started || g_cancellable_is_cancelled (self->cancellable);
}

/**
 * latch_synchronizer_rests:
 *
 * Returns: whether the bridge is better left alone: it restarts, and somebody else watches for its return, or it has
 *   forgotten us for good
 */
gboolean
latch_synchronizer_rests (LatchSynchronizer *self)
{
  LatchMaintenance maintenance = latch_bridge_get_maintenance (self->bridge);

  return maintenance != LATCH_MAINTENANCE_NONE && maintenance != LATCH_MAINTENANCE_UPDATING;
}

/**
 * latch_synchronizer_needs_person:
 *
 * Returns: whether only a person can mend what is wrong, so that the bridge is better left alone
 */
gboolean
latch_synchronizer_needs_person (LatchSynchronizer *self)
{
  LatchConnection connection = latch_bridge_get_connection (self->bridge);

  return connection == LATCH_CONNECTION_UNAUTHORIZED || connection == LATCH_CONNECTION_NO_TOKEN;
}

/* Whether our token was refused, and not because of a clock: it may be somebody else who did so */
static gboolean
is_refused (LatchSynchronizer *self)
{
  return latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_UNAUTHORIZED &&
         !g_error_matches (latch_bridge_get_error (self->bridge), LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG);
}

/* Whether a token that was refused may be good: a bare one that is wrong stays so */
static gboolean
is_protected (LatchSynchronizer *self)
{
  return latch_client_get_accepted_mode (latch_bridge_get_client (self->bridge)) > LATCH_AUTH_MODE_PLAIN;
}

/**
 * latch_synchronizer_get_refused_interval:
 *
 * Returns: seconds until a bridge that refused us may be asked once more by itself, 0 for never: a clock may be set right
 *   at any time, and a bridge that has no internet yet does not know the time; but a bare token that is wrong stays so
 */
guint
latch_synchronizer_get_refused_interval (LatchSynchronizer *self)
{
  int wait = is_refused (self) ? latch_locator_get_wait (self->locator) : -1;
  guint seconds = 0;

  if (latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_UNAUTHORIZED && is_protected (self))
    seconds = is_refused (self) ? 60 * REFUSAL_MINUTES : CLOCK_SECONDS;
  /* But it may be elsewhere */
  if (wait >= 0 && (seconds == 0 || (guint) wait < seconds))
    seconds = wait + 1;

  return seconds;
}

/**
 * latch_synchronizer_take_heart:
 *
 * There is a sign of life: a bridge that does not answer is asked at once, and not in a while.
 */
void
latch_synchronizer_take_heart (LatchSynchronizer *self)
{
  if (self->n_failures == 0)
    return;

  self->n_failures = 0;
  latch_synchronizer_ask (self);
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchSynchronizer) self = user_data;
  g_autoptr (GError) error = NULL;

  self->locating = FALSE;
  if (!latch_locator_search_finish (LATCH_LOCATOR (source), result, &error))
    {
      g_debug ("Bridge %s was not found elsewhere: %s", latch_bridge_get_id (self->bridge), error->message);
      return;
    }

  self->n_failures = 0;
  latch_synchronizer_register_anew (self);
  latch_synchronizer_ask (self);
}

/**
 * latch_synchronizer_locate_if_lost:
 *
 * The bridge may have got another address, and somebody else its former one: looks for it after so many failures.
 */
void
latch_synchronizer_locate_if_lost (LatchSynchronizer *self)
{
  gboolean lost = latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_UNREACHABLE &&
                  self->n_failures >= FAILURES_TO_LOCATE;

  if (self->locating || !(lost || is_refused (self)) || !latch_locator_is_due (self->locator))
    return;

  self->locating = TRUE;
  latch_locator_search_async (self->locator, self->cancellable, located_cb, g_object_ref (self));
}

/**
 * latch_synchronizer_search_instead:
 *
 * Returns: whether what refused us a while ago was not asked again, but the bridge looked for elsewhere
 */
gboolean
latch_synchronizer_search_instead (LatchSynchronizer *self)
{
  gint64 elapsed = g_get_monotonic_time () - self->asked_at;

  if (!self->list_refused || !is_refused (self) ||
      (is_protected (self) && elapsed >= (60 * REFUSAL_MINUTES - 2) * G_TIME_SPAN_SECOND))
    return FALSE;

  latch_synchronizer_locate_if_lost (self);
  return TRUE;
}

/* Whether nothing can be gained by asking now */
static gboolean
is_hopeless (LatchSynchronizer *self)
{
  if (latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_UNAUTHORIZED)
    return g_get_monotonic_time () - self->asked_at < REFUSAL_MINUTES * G_TIME_SPAN_MINUTE;

  return latch_synchronizer_needs_person (self);
}

/* Everything may be different from now on. Returns: whether something can be gained by asking */
static gboolean
hope_again (LatchSynchronizer *self)
{
  if (latch_synchronizer_is_over (self))
    return FALSE;

  self->n_failures = 0;
  latch_locator_hurry (self->locator);
  latch_synchronizer_register_anew (self);

  return !is_hopeless (self);
}

/* What is under way was asked before everything changed, and its answer may never come */
static void
start_over (LatchSynchronizer *self)
{
  if (!hope_again (self))
    return;

  if (self->asking != NULL)
    {
      self->ask_again = TRUE;
      g_cancellable_cancel (self->asking);
    }
  else
    latch_synchronizer_ask (self);
}

/* It may have forgotten whom to tell; and where it was updated, it has restarted unseen */
static void
maintenance_cb (LatchSynchronizer *self)
{
  self->could_tell = FALSE;
  if (latch_synchronizer_rests (self))
    g_clear_handle_id (&self->timer_id, g_source_remove);
  else if (latch_bridge_get_maintenance (self->bridge) == LATCH_MAINTENANCE_NONE)
    start_over (self);
}

static void
woke_cb (LatchSynchronizer *self, gint64 microseconds)
{
  g_debug ("This computer has slept for %" G_GINT64_FORMAT " s", microseconds / G_USEC_PER_SEC);
  latch_bridge_doubt (self->bridge);
  start_over (self);
}

/* If it was our clock because of which we were refused, that may be over now */
static void
clock_set_cb (LatchSynchronizer *self, gint64 microseconds)
{
  if (latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_UNAUTHORIZED)
    latch_synchronizer_ask (self);
}

static void
network_changed_cb (LatchSynchronizer *self)
{
  if (hope_again (self) && self->asking == NULL)
    latch_synchronizer_ask_in (self, NETWORK_MS);
}

static void
answered_cb (LatchSynchronizer *self)
{
  self->acting = FALSE;
  if (self->asking == NULL)
    latch_synchronizer_take_heart (self);
}

/* Somebody looks at a bridge that does not tell of itself any more: is it there at all? */
static void
info_error_cb (LatchSynchronizer *self)
{
  const GError *error = latch_bridge_get_info_error (self->bridge);

  if (latch_bridge_get_watched_closely (self->bridge) && !latch_synchronizer_needs_person (self) &&
      (latch_error_is_connection (error) || g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED)))
    latch_synchronizer_ask (self);
}

/**
 * latch_synchronizer_prepare_recovery:
 *
 * Sets up what tells of sleep, networks, clocks and signs of life.
 */
void
latch_synchronizer_prepare_recovery (LatchSynchronizer *self)
{
  self->locator = latch_locator_new (self->bridge);
  self->sleep_monitor = latch_sleep_monitor_new ();
  g_signal_connect_object (self->sleep_monitor, "woke", G_CALLBACK (woke_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sleep_monitor, "clock-set", G_CALLBACK (clock_set_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bridge, "notify::maintenance", G_CALLBACK (maintenance_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bridge, "notify::info-error-message", G_CALLBACK (info_error_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (latch_bridge_get_client (self->bridge), "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
}
