/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-subscription-private.h"

#include "latch-model-enum-types.h"

/* Bridges tell one after the other, and wait for those who do not answer */
#define GRACE_SECONDS 10

enum
{
  PROP_0,
  PROP_STATE,
  PROP_LAST_EVENT_AT,
  N_PROPS
};

enum
{
  EVENT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LatchSubscription, latch_subscription, G_TYPE_OBJECT)

static void
step_free (gpointer data)
{
  LatchSubscriptionStep *step = data;

  g_clear_handle_id (&step->timer_id, g_source_remove);
  g_cancellable_disconnect (step->callers, step->cancelled_id);
  g_clear_object (&step->callers);
  g_clear_object (&step->cancellable);
  g_free (step);
}

static void
cancelled_cb (GCancellable *callers, GCancellable *ours)
{
  g_cancellable_cancel (ours);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  LatchSubscriptionStep *step = user_data;

  step->timer_id = 0;
  step->timed_out = TRUE;
  g_cancellable_cancel (step->cancellable);

  return G_SOURCE_REMOVE;
}

static void
run_next (LatchSubscription *self)
{
  LatchSubscriptionStep *step = NULL;

  if (self->running != NULL || g_queue_is_empty (&self->waiting))
    return;

  self->running = g_queue_pop_head (&self->waiting);
  step = g_task_get_task_data (self->running);
  if (step->is_stop)
    latch_subscription_run_stop (self->running);
  else
    latch_subscription_run_register (self->running);
}

static LatchSubscriptionStep *
push_step (LatchSubscription *self,
           gpointer tag,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  LatchSubscriptionStep *step = g_new0 (LatchSubscriptionStep, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, step, step_free);
  step->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      step->callers = g_object_ref (cancellable);
      step->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                  g_object_ref (step->cancellable), g_object_unref);
    }
  g_queue_push_tail (&self->waiting, task);

  return step;
}

static void
event_cb (LatchSubscription *self, const LatchDeviceSnapshot *news)
{
  if (self->state == LATCH_SUBSCRIPTION_OFF)
    return;

  g_clear_handle_id (&self->grace_id, g_source_remove);
  self->heard = TRUE;
  self->blocked = self->suspected = FALSE;
  self->last_event_at = g_get_real_time () / G_USEC_PER_SEC;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_EVENT_AT]);
  if (self->state != LATCH_SUBSCRIPTION_REGISTERING)
    latch_subscription_set_state (self, LATCH_SUBSCRIPTION_WORKING, NULL);
  g_signal_emit (self, signals[EVENT], 0, news);
}

static gboolean
grace_cb (gpointer user_data)
{
  LatchSubscription *self = user_data;

  self->grace_id = 0;
  self->suspected = TRUE;
  latch_subscription_register_async (self, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
latch_subscription_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LatchSubscription *self = LATCH_SUBSCRIPTION (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_LAST_EVENT_AT:
      g_value_set_int64 (value, self->last_event_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_subscription_dispose (GObject *object)
{
  LatchSubscription *self = LATCH_SUBSCRIPTION (object);

  g_clear_handle_id (&self->grace_id, g_source_remove);
  latch_subscription_take_listener (self, NULL);

  G_OBJECT_CLASS (latch_subscription_parent_class)->dispose (object);
}

static void
latch_subscription_finalize (GObject *object)
{
  LatchSubscription *self = LATCH_SUBSCRIPTION (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->installation_id, g_free);
  g_clear_pointer (&self->urls, g_ptr_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (latch_subscription_parent_class)->finalize (object);
}

static void
latch_subscription_class_init (LatchSubscriptionClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_subscription_get_property;
  object_class->dispose = latch_subscription_dispose;
  object_class->finalize = latch_subscription_finalize;

  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, LATCH_TYPE_SUBSCRIPTION_STATE, LATCH_SUBSCRIPTION_OFF, flags);
  /**
   * LatchSubscription:last-event-at:
   *
   * When the bridge last told of anything, in seconds since 1970; 0 if it has not.
   */
  properties[PROP_LAST_EVENT_AT] = g_param_spec_int64 ("last-event-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * LatchSubscription::event:
   * @news: what the bridge told of its own accord; less than it lists
   */
  signals[EVENT] = g_signal_new ("event", LATCH_TYPE_SUBSCRIPTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, LATCH_TYPE_DEVICE_SNAPSHOT | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
latch_subscription_init (LatchSubscription *self)
{
  g_queue_init (&self->waiting);
  self->urls = g_ptr_array_new_with_free_func (g_free);
}

/* For the files that share this class */

void
latch_subscription_set_state (LatchSubscription *self, LatchSubscriptionState state, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;

  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

/* Nothing has come to a new one yet */
void
latch_subscription_take_listener (LatchSubscription *self, LatchEventListener *listener)
{
  if (self->listener != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->listener, self);
      latch_event_listener_stop (self->listener);
    }

  g_set_object (&self->listener, listener);
  self->registered = self->heard = self->suspected = self->blocked = FALSE;
  g_clear_handle_id (&self->grace_id, g_source_remove);
  if (listener != NULL)
    g_signal_connect_object (listener, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
}

/* Takes both */
void
latch_subscription_end_step (GTask *task, GError *error)
{
  g_autoptr (LatchSubscription) self = g_object_ref (g_task_get_source_object (task));

  self->running = NULL;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);

  run_next (self);
}

/**
 * latch_subscription_new:
 * @client: speaks to the bridge
 * @installation_id: see latch_store_load_installation_id_async()
 *
 * Returns: (transfer full): a subscription that is off
 */
LatchSubscription *
latch_subscription_new (LatchClient *client, const char *installation_id)
{
  LatchSubscription *self = NULL;

  g_return_val_if_fail (LATCH_IS_CLIENT (client), NULL);
  g_return_val_if_fail (installation_id != NULL && *installation_id != '\0', NULL);

  self = g_object_new (LATCH_TYPE_SUBSCRIPTION, NULL);
  self->client = g_object_ref (client);
  self->installation_id = g_strdup (installation_id);

  return self;
}

LatchSubscriptionState
latch_subscription_get_state (LatchSubscription *self)
{
  g_return_val_if_fail (LATCH_IS_SUBSCRIPTION (self), LATCH_SUBSCRIPTION_OFF);

  return self->state;
}

/**
 * latch_subscription_get_error:
 *
 * Returns: (transfer none) (nullable): why nothing will come, while that is so: %LATCH_ERROR_CALLBACKS_FULL,
 *   %LATCH_ERROR_CALLBACKS_BLOCKED, %LATCH_ERROR_CANNOT_LISTEN, or what else a request may fail with
 */
const GError *
latch_subscription_get_error (LatchSubscription *self)
{
  g_return_val_if_fail (LATCH_IS_SUBSCRIPTION (self), NULL);

  return self->error;
}

gint64
latch_subscription_get_last_event_at (LatchSubscription *self)
{
  g_return_val_if_fail (LATCH_IS_SUBSCRIPTION (self), 0);

  return self->last_event_at;
}

/**
 * latch_subscription_get_url:
 *
 * Returns: (transfer none) (nullable): what the bridge calls, or shall call
 */
const char *
latch_subscription_get_url (LatchSubscription *self)
{
  g_return_val_if_fail (LATCH_IS_SUBSCRIPTION (self), NULL);

  return self->listener != NULL ? latch_event_listener_get_url (self->listener) : NULL;
}

guint16
latch_subscription_get_port (LatchSubscription *self)
{
  g_return_val_if_fail (LATCH_IS_SUBSCRIPTION (self), 0);

  return self->port;
}

/**
 * latch_subscription_set_port:
 * @port: where to listen, as for a firewall's sake; 0, the default, for any free port
 *
 * Whoever listens already moves there at once, and has the bridge know. While another program has that port, nobody
 * listens: #LatchSubscription:state and the error tell.
 */
void
latch_subscription_set_port (LatchSubscription *self, guint16 port)
{
  g_return_if_fail (LATCH_IS_SUBSCRIPTION (self));

  if (self->port == port)
    return;

  self->port = port;
  if (self->state != LATCH_SUBSCRIPTION_OFF)
    latch_subscription_register_async (self, NULL, NULL, NULL);
}

/**
 * latch_subscription_register_async:
 *
 * Sees to it that the bridge tells us of changes (spec: /callback/list, /callback/add). It may be called at any time,
 * and should be called again once in a while, and when the network changed or the bridge came back: bridges forget, and
 * this computer may have got another address. Where all is well, it costs one request.
 *
 * Places of our own at which nobody listens any more are freed; others' never.
 */
void
latch_subscription_register_async (LatchSubscription *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (LATCH_IS_SUBSCRIPTION (self));

  push_step (self, latch_subscription_register_async, cancellable, callback, user_data);
  run_next (self);
}

/**
 * latch_subscription_register_finish:
 * @error: set to %LATCH_ERROR_CALLBACKS_FULL if all places are taken, %LATCH_ERROR_CANNOT_LISTEN if this computer
 *   cannot, or what else a request may fail with
 *
 * Returns: whether the bridge has our URL; #LatchSubscription:state says whether it can reach us
 */
gboolean
latch_subscription_register_finish (LatchSubscription *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_subscription_register_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_subscription_expect_event:
 *
 * To be called when the bridge, asked, told of a change that it should have told of its own accord: a state of rest to
 * which a lock came while the bridge had our URL and was there, and so were we. If that does not come soon after and
 * the bridge still has our URL, it cannot reach us (%LATCH_ERROR_CALLBACKS_BLOCKED).
 */
void
latch_subscription_expect_event (LatchSubscription *self)
{
  g_return_if_fail (LATCH_IS_SUBSCRIPTION (self));

  if (self->registered && self->grace_id == 0)
    self->grace_id = g_timeout_add_seconds (GRACE_SECONDS, grace_cb, self);
}

/**
 * latch_subscription_stop_async:
 * @timeout_ms: after which it gives up, in milliseconds
 *
 * Gives our place back (spec: /callback/remove), and stops to listen. What was under way is cancelled. A place that
 * could not be given back is freed when this installation next registers. It can be registered again.
 */
void
latch_subscription_stop_async (LatchSubscription *self,
                               guint timeout_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LatchSubscriptionStep *step = NULL;

  g_return_if_fail (LATCH_IS_SUBSCRIPTION (self));

  if (self->running != NULL)
    g_cancellable_cancel (((LatchSubscriptionStep *) g_task_get_task_data (self->running))->cancellable);
  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    g_cancellable_cancel (((LatchSubscriptionStep *) g_task_get_task_data (l->data))->cancellable);

  step = push_step (self, latch_subscription_stop_async, cancellable, callback, user_data);
  step->is_stop = TRUE;
  step->timer_id = g_timeout_add (timeout_ms, timed_out_cb, step);
  run_next (self);
}

/**
 * latch_subscription_stop_finish:
 * @error: set to why the place could not be given back
 *
 * Returns: whether the bridge has no URL of ours any more; it is off in any case
 */
gboolean
latch_subscription_stop_finish (LatchSubscription *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_subscription_stop_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
