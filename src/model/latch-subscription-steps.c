/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-subscription-private.h"

#include <glib/gi18n-lib.h>

#include "latch-callback-slots.h"
#include "latch-error.h"
#include "latch-route.h"

/* What registering and stopping consist of */

static void free_slots (GTask *task);

static LatchSubscriptionStep *
get_step (GTask *task)
{
  return g_task_get_task_data (task);
}

static GError *
new_blocked_error (void)
{
  return g_error_new_literal (LATCH_ERROR, LATCH_ERROR_CALLBACKS_BLOCKED,
                              _("The bridge cannot reach this computer. A firewall or router may be in between"));
}

static GError *
new_deaf_error (guint16 port, const GError *reason)
{
  if (port != 0 && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return g_error_new (LATCH_ERROR, LATCH_ERROR_CANNOT_LISTEN,
                        /* Translators: %u is the number of a port of this computer */
                        _("Another program uses the port %u: using regular checks"), port);

  return g_error_new (LATCH_ERROR, LATCH_ERROR_CANNOT_LISTEN,
                      /* Translators: %s is what the system said */
                      _("This computer cannot listen for the bridge: %s"), reason->message);
}

static void
fail (GTask *task, GError *error)
{
  LatchSubscription *self = g_task_get_source_object (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (self->state == LATCH_SUBSCRIPTION_REGISTERING)
        latch_subscription_set_state (self, LATCH_SUBSCRIPTION_OFF, NULL);
    }
  else if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_FULL))
    latch_subscription_set_state (self, LATCH_SUBSCRIPTION_FULL, error);
  /* A bridge that is away for a while may well come back and know us; what it tells then comes here */
  else if (!self->registered ||
           (!latch_error_is_connection (error) && !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_BUSY)))
    latch_subscription_set_state (self, LATCH_SUBSCRIPTION_FAILED, error);

  latch_subscription_end_step (task, error);
}

static void
succeed (GTask *task)
{
  LatchSubscription *self = g_task_get_source_object (task);

  self->registered = TRUE;
  if (self->blocked)
    {
      g_autoptr (GError) error = new_blocked_error ();

      latch_subscription_set_state (self, LATCH_SUBSCRIPTION_FAILED, error);
    }
  else
    latch_subscription_set_state (self, self->heard ? LATCH_SUBSCRIPTION_WORKING : LATCH_SUBSCRIPTION_REGISTERED, NULL);

  latch_subscription_end_step (task, NULL);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LatchSubscription *self = g_task_get_source_object (task);
  LatchSubscriptionStep *step = get_step (task);
  g_autoptr (GError) error = NULL;

  if (latch_client_callback_add_finish (LATCH_CLIENT (source), result, &error))
    {
      self->blocked = self->suspected = FALSE;
      succeed (task);
    }
  else if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN) && !step->tried_again)
    {
      step->tried_again = TRUE;
      free_slots (task);
    }
  else
    fail (task, g_steal_pointer (&error));
}

static gboolean
has_url (GPtrArray *callbacks, const char *url)
{
  for (guint i = 0; i < callbacks->len; i++)
    if (g_str_equal (((LatchCallback *) callbacks->pdata[i])->url, url))
      return TRUE;

  return FALSE;
}

static void
freed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LatchSubscription *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) callbacks = latch_callback_slots_free_finish (LATCH_CLIENT (source), result, &error);
  const char *url = latch_event_listener_get_url (self->listener);

  if (callbacks == NULL)
    {
      fail (task, error);
      return;
    }

  g_ptr_array_set_size (self->urls, 0);
  g_ptr_array_add (self->urls, g_strdup (url));
  if (has_url (callbacks, url))
    {
      self->blocked |= self->suspected;
      self->suspected = FALSE;
      succeed (task);
      return;
    }

  self->registered = FALSE;
  latch_client_callback_add_async (self->client, url, get_step (task)->cancellable, added_cb, task);
}

/* What we had before, and what we left behind when we ended badly */
static void
free_slots (GTask *task)
{
  LatchSubscription *self = g_task_get_source_object (task);

  latch_callback_slots_free_async (self->client, self->installation_id, LATCH_CALLBACK_SLOTS_STALE, self->urls,
                                   latch_event_listener_get_url (self->listener), get_step (task)->cancellable,
                                   freed_cb, task);
}

static gboolean
listen_at (LatchSubscription *self, LatchRoute *route, GError **error)
{
  g_autoptr (LatchEventListener) listener = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) reason = NULL;

  if (self->listener != NULL && self->listener_port == self->port &&
      g_inet_address_equal (latch_event_listener_get_address (self->listener), route->local))
    {
      latch_event_listener_set_peers (self->listener, route->remotes);
      return TRUE;
    }

  latch_subscription_take_listener (self, NULL);
  prefix = latch_callback_slots_make_prefix (self->installation_id);
  path = latch_event_listener_make_path (prefix);
  listener = latch_event_listener_new (path);
  latch_event_listener_set_peers (listener, route->remotes);
  if (!latch_event_listener_start (listener, route->local, self->port, &reason))
    {
      g_propagate_error (error, new_deaf_error (self->port, reason));
      return FALSE;
    }

  latch_subscription_take_listener (self, listener);
  self->listener_port = self->port;

  return TRUE;
}

static void
routed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LatchSubscription *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (LatchRoute) route = latch_route_find_finish (result, &error);

  if (route == NULL || !listen_at (self, route, &error))
    fail (task, error);
  else
    free_slots (task);
}

/**
 * latch_subscription_run_register:
 * @task: (transfer full): the operation
 *
 * Sees to it that the bridge has our URL.
 */
void
latch_subscription_run_register (GTask *task)
{
  LatchSubscription *self = g_task_get_source_object (task);

  if (self->state == LATCH_SUBSCRIPTION_OFF)
    latch_subscription_set_state (self, LATCH_SUBSCRIPTION_REGISTERING, NULL);
  latch_route_find_async (latch_client_get_host (self->client), get_step (task)->cancellable, routed_cb, task);
}

static void
finish_stop (GTask *task, GError *error)
{
  LatchSubscription *self = g_task_get_source_object (task);

  latch_subscription_take_listener (self, NULL);
  if (error != NULL && get_step (task)->timed_out)
    {
      g_clear_error (&error);
      error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_TIMED_OUT, _("The bridge did not answer in time"));
    }

  latch_subscription_end_step (task, error);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LatchSubscription *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) callbacks = latch_callback_slots_free_finish (LATCH_CLIENT (source), result, &error);

  if (callbacks != NULL)
    g_ptr_array_set_size (self->urls, 0);
  finish_stop (task, error);
}

/**
 * latch_subscription_run_stop:
 * @task: (transfer full): the operation
 *
 * Sees to it that the bridge has no URL of ours any more.
 */
void
latch_subscription_run_stop (GTask *task)
{
  LatchSubscription *self = g_task_get_source_object (task);

  self->registered = FALSE;
  latch_subscription_set_state (self, LATCH_SUBSCRIPTION_OFF, NULL);
  if (self->urls->len > 0)
    latch_callback_slots_free_async (self->client, self->installation_id, LATCH_CALLBACK_SLOTS_NAMED, self->urls, NULL,
                                     get_step (task)->cancellable, left_cb, task);
  else
    finish_stop (task, NULL);
}
