/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-synchronizer.h"

/* Seconds between two looks at the bridge's list, which is a cache and cheap */
#define INTERVAL 10
/* Soon after a first failure, as bridges lose single requests; then ever more rarely */
#define FIRST_RETRY 2
#define LONGEST_RETRY 60
/* How long an unanswered question leaves the states that are shown beyond doubt; good bridges answer within one second */
#define PATIENCE 5
/* Signal strengths change slowly */
#define LISTS_PER_INFO 30

/**
 * LatchSynchronizer:
 *
 * Polls a bridge's list (spec: /list; never /lockState, which wears batteries), at once when the network changes, and
 * ever more rarely while the bridge does not answer. A bridge that refuses the token is left alone.
 */
struct _LatchSynchronizer
{
  GObject parent_instance;

  LatchBridge *bridge;
  GCancellable *cancellable;
  guint timer_id;
  guint patience_id;
  guint n_failures;
  guint n_lists;
  gboolean refreshing;
};

G_DEFINE_FINAL_TYPE (LatchSynchronizer, latch_synchronizer, G_TYPE_OBJECT)

static gboolean
timer_cb (gpointer user_data)
{
  LatchSynchronizer *self = user_data;

  self->timer_id = 0;
  latch_synchronizer_refresh_now (self);

  return G_SOURCE_REMOVE;
}

static gboolean
patience_cb (gpointer user_data)
{
  LatchSynchronizer *self = user_data;

  self->patience_id = 0;
  latch_bridge_doubt (self->bridge);

  return G_SOURCE_REMOVE;
}

static void
sent_cb (LatchSynchronizer *self, const char *path)
{
  if (self->refreshing && self->patience_id == 0 && g_strcmp0 (path, "/list") == 0)
    self->patience_id = g_timeout_add_seconds (PATIENCE, patience_cb, self);
}

/* Whether only a person can mend what is wrong, so that the bridge is better left alone */
static gboolean
needs_person (LatchSynchronizer *self)
{
  LatchConnection connection = latch_bridge_get_connection (self->bridge);

  return connection == LATCH_CONNECTION_UNAUTHORIZED || connection == LATCH_CONNECTION_NO_TOKEN;
}

static void
schedule (LatchSynchronizer *self)
{
  guint seconds = INTERVAL;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (needs_person (self))
    return;

  if (self->n_failures > 0)
    seconds = MIN (FIRST_RETRY << MIN (self->n_failures - 1, 8), LONGEST_RETRY);
  self->timer_id = g_timeout_add_seconds (seconds, timer_cb, self);
}

static void
info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!latch_bridge_refresh_info_finish (LATCH_BRIDGE (source), result, &error))
    g_debug ("No news of the bridge itself: %s", error->message);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchSynchronizer) self = user_data;

  self->refreshing = FALSE;
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (latch_bridge_refresh_finish (LATCH_BRIDGE (source), result, NULL))
    {
      self->n_failures = 0;
      if (self->n_lists++ % LISTS_PER_INFO == 0)
        latch_bridge_refresh_info_async (self->bridge, self->cancellable, info_cb, NULL);
    }
  else
    self->n_failures++;

  if (!g_cancellable_is_cancelled (self->cancellable))
    schedule (self);
}

static void
network_changed_cb (LatchSynchronizer *self)
{
  if (needs_person (self))
    return;

  self->n_failures = 0;
  latch_synchronizer_refresh_now (self);
}

static void
latch_synchronizer_dispose (GObject *object)
{
  LatchSynchronizer *self = LATCH_SYNCHRONIZER (object);

  latch_synchronizer_stop (self);

  G_OBJECT_CLASS (latch_synchronizer_parent_class)->dispose (object);
}

static void
latch_synchronizer_finalize (GObject *object)
{
  LatchSynchronizer *self = LATCH_SYNCHRONIZER (object);

  g_clear_object (&self->bridge);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (latch_synchronizer_parent_class)->finalize (object);
}

static void
latch_synchronizer_class_init (LatchSynchronizerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_synchronizer_dispose;
  object_class->finalize = latch_synchronizer_finalize;
}

static void
latch_synchronizer_init (LatchSynchronizer *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * latch_synchronizer_new:
 * @bridge: whose locks to keep fresh
 *
 * Returns: (transfer full): a synchronizer that has already asked once
 */
LatchSynchronizer *
latch_synchronizer_new (LatchBridge *bridge)
{
  LatchSynchronizer *self = g_object_new (LATCH_TYPE_SYNCHRONIZER, NULL);

  self->bridge = g_object_ref (bridge);
  g_signal_connect_object (latch_bridge_get_client (bridge), "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  latch_synchronizer_refresh_now (self);

  return self;
}

/**
 * latch_synchronizer_refresh_now:
 *
 * Asks now rather than when it is time.
 */
void
latch_synchronizer_refresh_now (LatchSynchronizer *self)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  if (self->refreshing || g_cancellable_is_cancelled (self->cancellable))
    return;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->refreshing = TRUE;
  latch_bridge_refresh_async (self->bridge, self->cancellable, refreshed_cb, g_object_ref (self));
}

/**
 * latch_synchronizer_stop:
 *
 * Ends it for good. What is under way is cancelled.
 */
void
latch_synchronizer_stop (LatchSynchronizer *self)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->patience_id, g_source_remove);
}
