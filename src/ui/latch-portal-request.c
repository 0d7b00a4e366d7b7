/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-portal-request.h"

#include "latch-error.h"
#include "latch-portal.h"

#include <glib/gi18n-lib.h>

#define REQUEST_INTERFACE "org.freedesktop.portal.Request"
#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"

/* What a portal's Response begins with */
typedef enum
{
  RESPONSE_DONE,
  RESPONSE_REFUSED,
  RESPONSE_ENDED,
} Response;

typedef struct
{
  char *handle; /* the object that answers */
  guint response_id;
  guint owner_id;
  GSource *cancelled;
} Request;

static void
request_free (Request *request)
{
  g_clear_pointer (&request->cancelled, g_source_unref);
  g_free (request->handle);
  g_free (request);
}

/* After this, nothing refers to @task any more */
static void
stop_listening (GTask *task)
{
  GDBusConnection *connection = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);

  if (request->response_id)
    g_dbus_connection_signal_unsubscribe (connection, request->response_id);
  if (request->owner_id)
    g_dbus_connection_signal_unsubscribe (connection, request->owner_id);
  request->response_id = 0;
  request->owner_id = 0;
  if (request->cancelled)
    g_source_destroy (request->cancelled);
}

static gboolean
is_over (GTask *task)
{
  return ((Request *) g_task_get_task_data (task))->owner_id == 0;
}

static void
fail (GTask *task, LatchError code, const char *message)
{
  stop_listening (task);
  g_task_return_new_error (task, LATCH_ERROR, code, "%s", message);
}

static void
response_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  g_autoptr (GVariant) results = NULL;
  guint response;

  if (is_over (task))
    return;
  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    {
      fail (task, LATCH_ERROR_MALFORMED, _("The answer of the desktop cannot be understood"));
      return;
    }

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response != RESPONSE_DONE)
    {
      fail (task, LATCH_ERROR_REFUSED, _("The desktop did not allow it"));
      return;
    }

  stop_listening (task);
  g_task_return_pointer (task, g_steal_pointer (&results), (GDestroyNotify) g_variant_unref);
}

static void
listen (GTask *task, const char *handle)
{
  GDBusConnection *connection = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);

  if (request->response_id)
    g_dbus_connection_signal_unsubscribe (connection, request->response_id);
  g_free (request->handle);
  request->handle = g_strdup (handle);
  request->response_id = g_dbus_connection_signal_subscribe (
      connection, LATCH_PORTAL_NAME, REQUEST_INTERFACE, "Response", handle, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, response_cb, g_object_ref (task), g_object_unref);
}

/* Whoever promised an answer cannot give it any more */
static void
owner_changed_cb (GDBusConnection *connection,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  const char *owner = NULL;

  g_variant_get (parameters, "(&s&s&s)", NULL, NULL, &owner);
  if (*owner == '\0' && !is_over (task))
    fail (task, LATCH_ERROR_NOT_SUPPORTED, _("The desktop did not answer"));
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Request *request = g_task_get_task_data (task);

  if (is_over (task))
    return G_SOURCE_REMOVE;

  /* Nobody is to be asked any more for something that is not wanted any more */
  g_dbus_connection_call (g_task_get_source_object (task), LATCH_PORTAL_NAME, request->handle, REQUEST_INTERFACE,
                          "Close", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  stop_listening (task);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/* That there is nobody who could do it, rather than somebody who does not want to */
static gboolean
is_absent (const GError *error)
{
  static const int codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN,
    G_DBUS_ERROR_NAME_HAS_NO_OWNER,
    G_DBUS_ERROR_UNKNOWN_OBJECT,
    G_DBUS_ERROR_UNKNOWN_INTERFACE,
    G_DBUS_ERROR_UNKNOWN_METHOD,
    G_DBUS_ERROR_NO_REPLY,
    G_DBUS_ERROR_TIMED_OUT,
    G_DBUS_ERROR_DISCONNECTED,
    G_DBUS_ERROR_SPAWN_FAILED,
    G_DBUS_ERROR_SPAWN_EXEC_FAILED,
    G_DBUS_ERROR_SPAWN_CHILD_EXITED,
    G_DBUS_ERROR_SPAWN_CHILD_SIGNALED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_DBUS_ERROR, codes[i]))
      return TRUE;

  return error->domain == G_IO_ERROR && error->code != G_IO_ERROR_DBUS_ERROR;
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *handle = NULL;

  if (is_over (task))
    return;
  if (!reply)
    {
      g_dbus_error_strip_remote_error (error);
      if (is_absent (error))
        fail (task, LATCH_ERROR_NOT_SUPPORTED, _("This desktop does not offer it"));
      else
        fail (task, LATCH_ERROR_REFUSED, error->message);
      return;
    }

  /* Portals of old make up names of their own */
  g_variant_get (reply, "(&o)", &handle);
  if (!g_str_equal (handle, request->handle))
    listen (task, handle);
}

/**
 * latch_portal_request_async:
 * @connection: the session bus
 * @interface: a portal
 * @method: what to ask of it
 * @arguments: (nullable): a tuple of those that it takes before its options; sunk if floating
 * @options: (nullable): what else to say
 *
 * Asks something of a portal, and waits for the answer, however long somebody takes for that. Fails with
 * %LATCH_ERROR_REFUSED if it is not granted, and with %LATCH_ERROR_NOT_SUPPORTED if there is nobody to ask.
 */
void
latch_portal_request_async (GDBusConnection *connection,
                            const char *interface,
                            const char *method,
                            GVariant *arguments,
                            GVariantDict *options,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (connection, cancellable, callback, user_data);
  g_autofree char *token = g_strdup_printf ("nightlatch%u", g_random_int ());
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (connection) + 1), ".", '_');
  g_autofree char *handle = g_strconcat (LATCH_PORTAL_PATH "/request/", sender, "/", token, NULL);
  g_autoptr (GVariant) owned = arguments ? g_variant_ref_sink (arguments) : NULL;
  g_auto (GVariantBuilder) all = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_TUPLE);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, latch_portal_request_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);

  /* Before it is called: it may answer faster than it returns */
  listen (task, handle);
  request->owner_id = g_dbus_connection_signal_subscribe (
      connection, BUS_NAME, BUS_NAME, "NameOwnerChanged", BUS_PATH, LATCH_PORTAL_NAME, G_DBUS_SIGNAL_FLAGS_NONE,
      owner_changed_cb, g_object_ref (task), g_object_unref);
  if (cancellable)
    {
      request->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->cancelled, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task), g_object_unref);
      g_source_attach (request->cancelled, NULL);
    }

  for (gsize i = 0; owned && i < g_variant_n_children (owned); i++)
    {
      g_autoptr (GVariant) argument = g_variant_get_child_value (owned, i);

      g_variant_builder_add_value (&all, argument);
    }
  g_variant_dict_insert (options, "handle_token", "s", token);
  g_variant_builder_add_value (&all, g_variant_dict_end (options));
  g_dbus_connection_call (connection, LATCH_PORTAL_NAME, LATCH_PORTAL_PATH, interface, method,
                          g_variant_builder_end (&all), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                          called_cb, g_steal_pointer (&task));
}

/**
 * latch_portal_request_finish:
 *
 * Returns: (transfer full): what the portal answered, a dictionary
 */
GVariant *
latch_portal_request_finish (GDBusConnection *connection, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
