/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-post.h"

#include "latch-ctl-discover.h"
#include "latch-ctl-news.h"
#include "latch-ctl-settings.h"
#include "latch-error.h"
#include "latch-synchronizer.h"

/* Seconds until a bridge that could not tell its ID is asked again */
#define IDENTIFY_INTERVAL 3
/* Nobody likes to wait for a program that he has ended */
#define LEAVE_MS 3000

struct _LatchCtlPost
{
  LatchCtl *ctl;
  LatchCtlBridge *bridge;
  LatchBridge *model;
  LatchCtlNews *news;
  char *title;

  GError *error;     /* why it was given up */
  gboolean lost;     /* and that was said */
  gboolean waiting;  /* to be told the bridge's ID */
  guint identify_id;

  LatchSynchronizer *synchronizer;
  LatchSubscription *subscription;
  gboolean said_unavailable;
  gboolean leaving;
};

static void identify (LatchCtlPost *self);

static void
say_unavailable (LatchCtlPost *self, const GError *error)
{
  guint interval;

  if (self->said_unavailable)
    return;

  self->said_unavailable = TRUE;
  interval = latch_synchronizer_get_interval (self->synchronizer);
  latch_ctl_warn (ngettext ("%s: no instant updates: %s. Looking every second instead",
                            "%s: no instant updates: %s. Looking every %u seconds instead", interval),
                  self->title, error->message, interval);
}

static void
subscription_state_cb (LatchCtlPost *self)
{
  LatchSubscriptionState state = latch_subscription_get_state (self->subscription);

  if (state == LATCH_SUBSCRIPTION_FULL || state == LATCH_SUBSCRIPTION_FAILED)
    say_unavailable (self, latch_subscription_get_error (self->subscription));
  else if (self->said_unavailable && state == LATCH_SUBSCRIPTION_WORKING)
    {
      latch_ctl_warn (_("%s: instant updates work"), self->title);
      self->said_unavailable = FALSE;
    }
}

static void
heard_cb (LatchCtlPost *self, gboolean changed, gboolean pushed)
{
  if (!pushed && self->lost)
    {
      latch_ctl_warn (_("%s answers again"), self->title);
      self->lost = FALSE;
    }

  latch_ctl_news_print (self->news, self->bridge->id, pushed);
}

/* A bridge that is away or busy may come back; one that refuses our token must not be bothered with it */
static void
failed_cb (LatchCtlPost *self, const GError *error)
{
  if (latch_error_is_connection (error) || g_error_matches (error, LATCH_ERROR, LATCH_ERROR_BUSY) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_MALFORMED) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_REFUSED))
    {
      if (!self->lost)
        latch_ctl_warn (_("%s: %s. Still trying"), self->title, error->message);
      self->lost = TRUE;
      return;
    }

  latch_synchronizer_stop (self->synchronizer);
  self->error = g_error_copy (error);
  if (self->ctl->bridges->len > 1)
    latch_ctl_warn ("%s: %s", self->title, error->message);
}

static gboolean
identify_cb (gpointer user_data)
{
  LatchCtlPost *self = user_data;

  self->identify_id = 0;
  identify (self);

  return G_SOURCE_REMOVE;
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LatchCtlPost *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchInfoSnapshot) info = latch_client_info_finish (LATCH_CLIENT (source), result, &error);

  self->waiting = FALSE;
  if (info != NULL)
    {
      self->bridge->id = g_strdup_printf ("%" G_GUINT64_FORMAT, info->server_id);
      latch_synchronizer_start (self->synchronizer);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      failed_cb (self, error);
      if (self->error == NULL)
        self->identify_id = g_timeout_add_seconds (IDENTIFY_INTERVAL, identify_cb, self);
    }
}

/* Whoever reads JSON wants to know which bridge it is about; people know it by its title */
static void
identify (LatchCtlPost *self)
{
  self->waiting = TRUE;
  latch_client_info_async (self->bridge->client, self->ctl->cancellable, identified_cb, self);
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
  self->news = latch_ctl_news_new (ctl, bridge, self->model);
  self->subscription = latch_subscription_new (bridge->client, installation_id);
  self->synchronizer = latch_synchronizer_new (self->model);
  if (ctl->options->given & LATCH_CTL_OPTION_INTERVAL)
    latch_synchronizer_set_interval (self->synchronizer, ctl->options->interval);
  latch_synchronizer_set_subscription (self->synchronizer, self->subscription);
  /* Only what was paired has an ID by which it can be found again, and a token that proves it */
  if (bridge->record != NULL)
    {
      g_autofree char *url = latch_ctl_dup_discovery_url (ctl);

      latch_synchronizer_set_discovery (self->synchronizer, latch_ctl_settings_get ("discovery-enabled", TRUE), url);
    }
  g_signal_connect_swapped (self->subscription, "notify::state", G_CALLBACK (subscription_state_cb), self);
  g_signal_connect_swapped (self->synchronizer, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->model, "heard", G_CALLBACK (heard_cb), self);
  latch_client_set_read_priority (bridge->client, LATCH_PRIORITY_BACKGROUND);

  return self;
}

void
latch_ctl_post_free (LatchCtlPost *self)
{
  g_clear_handle_id (&self->identify_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_signal_handlers_disconnect_by_data (self->synchronizer, self);
  g_signal_handlers_disconnect_by_data (self->subscription, self);
  latch_synchronizer_stop (self->synchronizer);
  g_clear_object (&self->synchronizer);
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
  if (self->bridge->error != NULL)
    failed_cb (self, self->bridge->error);
  else if (self->ctl->options->json && self->bridge->id == NULL)
    identify (self);
  else
    latch_synchronizer_start (self->synchronizer);
}

/**
 * latch_ctl_post_leave:
 *
 * Gives back what the bridge has for us, in a few seconds at most. Not where it would refuse us anyway.
 */
void
latch_ctl_post_leave (LatchCtlPost *self)
{
  g_clear_handle_id (&self->identify_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->model, self);
  latch_synchronizer_stop (self->synchronizer);
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
  return self->waiting || self->leaving;
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
