/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-portal.h"

/**
 * latch_portal_is_needed:
 *
 * Returns: whether we are in a sandbox, out of which many things are to be had through portals only; libraries look at
 *   the same place
 */
gboolean
latch_portal_is_needed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
version_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) version = NULL;

  if (!reply)
    {
      g_task_return_error (task, error);
      return;
    }

  g_variant_get (reply, "(v)", &version);
  g_task_return_int (task, g_variant_is_of_type (version, G_VARIANT_TYPE_UINT32) ? g_variant_get_uint32 (version) : 0);
}

/**
 * latch_portal_get_version_async:
 * @interface: a portal
 * @timeout_ms: how many milliseconds to wait for an answer; %G_MAXINT for as long as it takes
 *
 * Finds out whether the desktop has that portal.
 */
void
latch_portal_get_version_async (GDBusConnection *connection,
                                const char *interface,
                                int timeout_ms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (connection, cancellable, callback, user_data);

  g_task_set_source_tag (task, latch_portal_get_version_async);
  g_dbus_connection_call (connection, LATCH_PORTAL_NAME, LATCH_PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", interface, "version"), G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE,
                          timeout_ms, cancellable, version_cb, task);
}

/**
 * latch_portal_get_version_finish:
 *
 * Returns: the portal’s version, 0 if there is none, for which @error has the reason
 */
guint
latch_portal_get_version_finish (GDBusConnection *connection, GAsyncResult *result, GError **error)
{
  gssize version = 0;

  g_return_val_if_fail (g_task_is_valid (result, connection), 0);

  version = g_task_propagate_int (G_TASK (result), error);

  return MAX (version, 0);
}
