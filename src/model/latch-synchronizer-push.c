/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-synchronizer-private.h"

/* Has the bridge tell of changes, makes sure that it goes on doing so, and notices when it does not */

/* Seconds. Bridges forget whom to tell: look from time to time */
#define VERIFY_INTERVAL 60
#define VERIFY_INTERVAL_UNSEEN 300
/* Who asks that much too late was away, and could not be told */
#define ABSENCE 30

/* Whether the bridge knows whom to tell, as far as we know */
static gboolean
is_registered (LatchSynchronizer *self)
{
  LatchSubscriptionState state = self->subscription != NULL ? latch_subscription_get_state (self->subscription)
                                                            : LATCH_SUBSCRIPTION_OFF;

  return state == LATCH_SUBSCRIPTION_REGISTERED || state == LATCH_SUBSCRIPTION_WORKING;
}

static void
event_cb (LatchSynchronizer *self, const LatchDeviceSnapshot *news)
{
  gboolean understood;

  if (latch_synchronizer_is_over (self))
    return;

  /* Nobody knows how long it has been waiting, nor how long those have that wait behind it */
  self->away |= latch_synchronizer_has_stood_still (self);
  if (self->away)
    {
      latch_bridge_doubt (self->bridge);
      self->ask_again = self->asking != NULL;
      latch_synchronizer_ask (self);
      return;
    }

  understood = latch_bridge_apply_event (self->bridge, news, g_get_real_time () / G_USEC_PER_SEC);
  latch_synchronizer_take_heart (self);
  if (!understood)
    latch_synchronizer_ask (self);
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchSynchronizer) self = user_data;
  g_autoptr (GError) error = NULL;

  self->registering = FALSE;
  if (latch_subscription_register_finish (LATCH_SUBSCRIPTION (source), result, &error))
    self->n_refusals = 0;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && ++self->n_refusals > 1)
    g_debug ("No instant updates: %s", error->message);
  else
    self->registered_at = 0; /* once may be chance */
}

/* To be called when the bridge is there */
static void
see_to_registration (LatchSynchronizer *self)
{
  gint64 now = g_get_monotonic_time ();
  guint interval = self->visible ? VERIFY_INTERVAL : VERIFY_INTERVAL_UNSEEN;

  if (self->subscription == NULL || self->registering || g_cancellable_is_cancelled (self->cancellable) ||
      (self->registered_at != 0 && now < self->registered_at + interval * G_TIME_SPAN_SECOND))
    return;

  self->registering = TRUE;
  self->registered_at = now;
  latch_subscription_register_async (self->subscription, self->cancellable, registered_cb, g_object_ref (self));
}

/**
 * latch_synchronizer_register_anew:
 *
 * The bridge may have forgotten us, or we may have got another address: the place is looked after with the next list.
 */
void
latch_synchronizer_register_anew (LatchSynchronizer *self)
{
  self->registered_at = 0;
}

/**
 * latch_synchronizer_begin_question:
 * @now: monotonic
 *
 * The bridge is about to be asked for its list. What that says of changes, it should have told before.
 */
void
latch_synchronizer_begin_question (LatchSynchronizer *self, gint64 now)
{
  guint interval = latch_synchronizer_get_interval (self);

  self->should_have_told = self->could_tell && now < self->asked_at + (interval + ABSENCE) * G_TIME_SPAN_SECOND;
  self->could_tell = is_registered (self);
}

/**
 * latch_synchronizer_end_question:
 * @answered: whether the list was taken over
 *
 * Draws the conclusions.
 */
void
latch_synchronizer_end_question (LatchSynchronizer *self, gboolean answered)
{
  if (!answered)
    {
      /* It may come back without knowing us */
      self->could_tell = FALSE;
      latch_synchronizer_register_anew (self);
      return;
    }

  self->away &= self->ask_again;
  if (self->subscription != NULL && self->should_have_told && latch_bridge_has_untold_changes (self->bridge))
    latch_subscription_expect_event (self->subscription);
  see_to_registration (self);
}

/**
 * latch_synchronizer_set_subscription:
 * @subscription: (nullable): what has the bridge tell of changes; %NULL if it is not to. To stop a former one is left
 *   to its owner
 */
void
latch_synchronizer_set_subscription (LatchSynchronizer *self, LatchSubscription *subscription)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  if (self->subscription == subscription)
    return;

  if (self->subscription != NULL)
    g_signal_handlers_disconnect_by_data (self->subscription, self);
  g_set_object (&self->subscription, subscription);
  latch_bridge_set_subscription (self->bridge, subscription);
  latch_synchronizer_register_anew (self);
  self->n_refusals = 0;
  self->could_tell = FALSE;
  if (subscription == NULL)
    return;

  g_signal_connect_object (subscription, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (subscription, "notify::state", G_CALLBACK (latch_synchronizer_reschedule), self,
                           G_CONNECT_SWAPPED);
  if (latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_CONNECTED)
    see_to_registration (self);
}
