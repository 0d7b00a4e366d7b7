/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-secret-portal.h"

#include "latch-portal.h"
#include "latch-secret-error.h"

/* What answers this asks nobody else for it */
#define PATIENCE_MS 5000

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  latch_portal_get_version_finish (G_DBUS_CONNECTION (source), result, &error);
  if (error != NULL && latch_secret_error_is_silence (error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (connection == NULL)
    g_task_return_boolean (task, TRUE);
  else
    latch_portal_get_version_async (connection, "org.freedesktop.portal.Secret", PATIENCE_MS,
                                    g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

/**
 * latch_secret_portal_wait_async:
 *
 * Waits until libsecret can be called. In a sandbox, it first asks the desktop whether there is a Secret portal, and
 * nothing else happens in the program until that has answered, for 25 seconds: somebody who waits has to ask before it.
 */
void
latch_secret_portal_wait_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, latch_secret_portal_wait_async);
  if (latch_portal_is_needed ())
    g_bus_get (G_BUS_TYPE_SESSION, cancellable, connected_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * latch_secret_portal_wait_finish:
 * @error: set to one for which latch_secret_error_is_silence(), if there is somebody who does not answer
 *
 * Returns: whether libsecret can be called
 */
gboolean
latch_secret_portal_wait_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_secret_portal_wait_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
