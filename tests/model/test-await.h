/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Waiting for asynchronous calls: pass await_cb() and the address of a NULL GAsyncResult to the call, then await(). */

G_GNUC_UNUSED static void
await_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

G_GNUC_UNUSED static gboolean
await_too_long_cb (gpointer user_data)
{
  g_error ("no result after 30 seconds");

  return G_SOURCE_REMOVE;
}

G_GNUC_UNUSED static GAsyncResult *
await (GAsyncResult **place)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GSource) deadline = g_timeout_source_new_seconds (30);

  g_source_set_callback (deadline, await_too_long_cb, NULL, NULL);
  g_source_attach (deadline, context);

  while (*place == NULL)
    g_main_context_iteration (context, TRUE);

  g_source_destroy (deadline);

  return *place;
}
