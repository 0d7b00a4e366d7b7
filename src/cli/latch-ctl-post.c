/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-post.h"

#include "latch-bridge.h"
#include "latch-ctl-news.h"
#include "latch-error.h"
#include "latch-subscription.h"

/* Seconds between two looks, unless somebody wants it otherwise */
#define INTERVAL_WHILE_TOLD 30
#define INTERVAL 10
/* And where an event came while the bridge was being asked */
#define INTERVAL_TO_CONFIRM 1
/* Bridges forget whom to tell: look from time to time */
#define VERIFY_SECONDS 60
/* Who asks that much too late has slept, and could not be told */
#define SLEEP_SECONDS 30
/* Nobody likes to wait for a program that he has ended */
#define LEAVE_MS 3000

struct _LatchCtlPost
{
  LatchCtl *ctl;
  LatchCtlBridge *bridge;
  LatchBridge *model;
  LatchCtlNews *news;
  char *title;

  gboolean waiting; /* for an answer */
  gboolean lost;    /* and that was said */
  GError *error;    /* why it was given up */
  guint timer_id;

  LatchSubscription *subscription;
  gboolean registering;
  gboolean leaving;
  gint64 registered_at; /* monotonic: when we last tried; 0 for at once */
  guint n_failures;
  gboolean said_unavailable;
  gint64 asked_at;           /* by the wall's clock */
  gboolean could_tell;       /* whether the bridge knew whom to tell then */
  gboolean should_have_told; /* what changed since: the bridge knew all the time, and neither of us was away */
};

static void ask (LatchCtlPost *self);

static gboolean
is_over (LatchCtlPost *self)
{
  return self->error != NULL || g_cancellable_is_cancelled (self->ctl->cancellable);
}

static guint
get_interval (LatchCtlPost *self)
{
  if (self->ctl->options->given & LATCH_CTL_OPTION_INTERVAL)
    return self->ctl->options->interval;

  if (latch_subscription_get_state (self->subscription) == LATCH_SUBSCRIPTION_WORKING)
    return INTERVAL_WHILE_TOLD;

  return INTERVAL;
}

static gboolean
ask_cb (gpointer user_data)
{
  LatchCtlPost *self = user_data;

  self->timer_id = 0;
  ask (self);

  return G_SOURCE_REMOVE;
}

static void
ask_in (LatchCtlPost *self, guint seconds)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (!is_over (self))
    self->timer_id = g_timeout_add_seconds (seconds, ask_cb, self);
}

static void
say_unavailable (LatchCtlPost *self, const GError *error)
{
  if (self->said_unavailable)
    return;

  self->said_unavailable = TRUE;
  latch_ctl_warn (_("%s: no instant updates: %s. Looking every %u seconds instead"), self->title, error->message,
                  get_interval (self));
}

static void
subscription_state_cb (LatchCtlPost *self)
{
  const GError *error = latch_subscription_get_error (self->subscription);

  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_FULL) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_BLOCKED))
    say_unavailable (self, error);
  else if (self->said_unavailable && latch_subscription_get_state (self->subscription) == LATCH_SUBSCRIPTION_WORKING)
    {
      latch_ctl_warn (_("%s: instant updates work"), self->title);
      self->said_unavailable = FALSE;
    }
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LatchCtlPost *self = user_data;
  g_autoptr (GError) error = NULL;

  self->registering = FALSE;
  if (latch_subscription_register_finish (LATCH_SUBSCRIPTION (source), result, &error))
    self->n_failures = 0;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && ++self->n_failures > 1)
    say_unavailable (self, error); /* once may be chance */
  else
    self->registered_at = 0;
}

static void
see_to_registration (LatchCtlPost *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->registering || is_over (self) ||
      (self->registered_at != 0 && now < self->registered_at + VERIFY_SECONDS * G_USEC_PER_SEC))
    return;

  self->registering = TRUE;
  self->registered_at = now;
  latch_subscription_register_async (self->subscription, self->ctl->cancellable, registered_cb, self);
}

static void
event_cb (LatchCtlPost *self, const LatchDeviceSnapshot *news)
{
  if (is_over (self))
    return;

  if (latch_bridge_apply_event (self->model, news, g_get_real_time () / G_USEC_PER_SEC))
    latch_ctl_news_print (self->news, self->bridge->id, TRUE);
  else if (!self->waiting)
    ask_in (self, 0);
}

/* We may have got another address. Whether the bridge is still there is found out when it is time */
static void
network_changed_cb (LatchCtlPost *self)
{
  self->registered_at = 0;
  if (!self->waiting && !self->lost)
    see_to_registration (self);
}

static void
take_list (LatchCtlPost *self)
{
  if (self->lost)
    {
      latch_ctl_warn (_("%s answers again"), self->title);
      self->registered_at = 0;
    }
  self->lost = FALSE;

  if (latch_ctl_news_print (self->news, self->bridge->id, FALSE) && self->should_have_told)
    latch_subscription_expect_event (self->subscription);
  see_to_registration (self);
}

/* A bridge that is away or busy may come back; one that refuses our token must not be bothered with it */
static void
take_error (LatchCtlPost *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->could_tell = FALSE;
  if (!latch_error_is_connection (error) && !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_BUSY) &&
      !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_MALFORMED) &&
      !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_REFUSED))
    {
      self->error = g_error_copy (error);
      if (self->ctl->bridges->len > 1)
        latch_ctl_warn ("%s: %s", self->title, error->message);
      return;
    }

  if (!self->lost)
    latch_ctl_warn (_("%s: %s. Still trying"), self->title, error->message);
  self->lost = TRUE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LatchCtlPost *self = user_data;
  g_autoptr (GError) error = NULL;

  self->waiting = FALSE;
  if (latch_bridge_refresh_finish (LATCH_BRIDGE (source), result, &error))
    take_list (self);
  else
    take_error (self, error);

  ask_in (self, latch_bridge_has_unconfirmed_events (self->model) ? INTERVAL_TO_CONFIRM : get_interval (self));
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LatchCtlPost *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchInfoSnapshot) info = latch_client_info_finish (LATCH_CLIENT (source), result, &error);

  if (info == NULL)
    {
      self->waiting = FALSE;
      take_error (self, error);
      ask_in (self, get_interval (self));
      return;
    }

  self->bridge->id = g_strdup_printf ("%" G_GUINT64_FORMAT, info->server_id);
  latch_bridge_refresh_async (self->model, self->ctl->cancellable, listed_cb, self);
}

static void
ask (LatchCtlPost *self)
{
  LatchSubscriptionState state = latch_subscription_get_state (self->subscription);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  self->should_have_told = self->could_tell && now < self->asked_at + get_interval (self) + SLEEP_SECONDS;
  self->could_tell = state == LATCH_SUBSCRIPTION_REGISTERED || state == LATCH_SUBSCRIPTION_WORKING;
  self->asked_at = now;

  self->waiting = TRUE;
  if (self->ctl->options->json && self->bridge->id == NULL)
    latch_client_info_async (self->bridge->client, self->ctl->cancellable, identified_cb, self);
  else
    latch_bridge_refresh_async (self->model, self->ctl->cancellable, listed_cb, self);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LatchCtlPost *self = user_data;
  g_autoptr (GError) error = NULL;

  self->leaving = FALSE;
  if (!latch_subscription_stop_finish (LATCH_SUBSCRIPTION (source), result, &error))
    latch_ctl_warn (_("%s could not be told that this computer needs no more instant updates: %s"), self->title,
                    error->message);
}

/**
 * latch_ctl_post_new:
 * @bridge: the bridge; belongs to @ctl
 * @installation_id: see latch_store_load_installation_id_async()
 *
 * Returns: (transfer full): a post that does nothing yet
 */
LatchCtlPost *
latch_ctl_post_new (LatchCtl *ctl, LatchCtlBridge *bridge, const char *installation_id)
{
  LatchCtlPost *self = g_new0 (LatchCtlPost, 1);

  self->ctl = ctl;
  self->bridge = bridge;
  self->title = latch_ctl_bridge_get_title (bridge);
  self->model = latch_bridge_new (bridge->id, self->title, bridge->client);
  self->news = latch_ctl_news_new (self->model, ctl->options->json, ctl->bridges->len > 1 ? self->title : NULL);
  self->subscription = latch_subscription_new (bridge->client, installation_id);
  g_signal_connect_swapped (self->subscription, "event", G_CALLBACK (event_cb), self);
  g_signal_connect_swapped (self->subscription, "notify::state", G_CALLBACK (subscription_state_cb), self);
  g_signal_connect_swapped (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self);
  latch_client_set_read_priority (bridge->client, LATCH_PRIORITY_BACKGROUND);

  return self;
}

void
latch_ctl_post_free (LatchCtlPost *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  g_signal_handlers_disconnect_by_data (self->subscription, self);
  g_clear_object (&self->subscription);
  latch_ctl_news_free (self->news);
  g_clear_object (&self->model);
  g_clear_error (&self->error);
  g_free (self->title);
  g_free (self);
}

/**
 * latch_ctl_post_start:
 *
 * Prints what is, and from then on what changes.
 */
void
latch_ctl_post_start (LatchCtlPost *self)
{
  if (self->bridge->error == NULL)
    ask (self);
  else
    take_error (self, self->bridge->error);
}

/**
 * latch_ctl_post_leave:
 *
 * Gives back what the bridge has for us, in a few seconds at most. Not where it would refuse us anyway.
 */
void
latch_ctl_post_leave (LatchCtlPost *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->error != NULL)
    return;

  self->leaving = TRUE;
  latch_subscription_stop_async (self->subscription, LEAVE_MS, NULL, left_cb, self);
}

/**
 * latch_ctl_post_is_waiting:
 *
 * Returns: whether answers are still to come
 */
gboolean
latch_ctl_post_is_waiting (LatchCtlPost *self)
{
  return self->waiting || self->registering || self->leaving;
}

/**
 * latch_ctl_post_get_error:
 *
 * Returns: (transfer none) (nullable): why the bridge was given up, %NULL if it was not
 */
const GError *
latch_ctl_post_get_error (LatchCtlPost *self)
{
  return self->error;
}
