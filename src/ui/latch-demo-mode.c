/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_SETTINGS_ENABLE_BACKEND
#include "config.h"

#include "latch-demo-mode.h"

#include <gio/gsettingsbackend.h>
#include <glib/gi18n-lib.h>

/* From the welcome page to locks that are not real, and back */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchWindow) window = user_data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  LatchDemo *demo = LATCH_DEMO (source);
  g_autoptr (GSettingsBackend) backend = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *demo_window;
  int width, height;

  /* He who has closed the window meanwhile wants no other */
  if (!application || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  g_signal_handlers_disconnect_by_data (window, g_task_get_cancellable (G_TASK (result)));

  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.try-demo", TRUE);
  if (!latch_demo_start_finish (demo, result, &error))
    {
      latch_window_show_error (window, _("The Demo Could Not Start"), error->message);
      return;
    }

  backend = g_memory_settings_backend_new ();
  settings = g_settings_new_with_backend (APP_ID, backend);
  demo_window = GTK_WIDGET (latch_window_new_demo (application, demo, settings));
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (demo_window), width, height);
  gtk_window_present (GTK_WINDOW (demo_window));
  gtk_window_destroy (GTK_WINDOW (window));
}

/**
 * latch_demo_mode_enter:
 * @window: a window without bridges
 *
 * Starts a demo, and then puts a window with it in the place of @window.
 */
void
latch_demo_mode_enter (LatchWindow *window)
{
  g_autoptr (LatchDemo) demo = latch_demo_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_return_if_fail (LATCH_IS_WINDOW (window));

  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.try-demo", FALSE);
  g_signal_connect_object (window, "unmap", G_CALLBACK (g_cancellable_cancel), cancellable, G_CONNECT_SWAPPED);
  latch_demo_start_async (demo, cancellable, started_cb, g_object_ref (window));
}

/**
 * latch_demo_mode_leave:
 * @window: a demo's window
 *
 * Ends a demo. In its place comes what would be there without it.
 */
void
latch_demo_mode_leave (LatchWindow *window)
{
  g_autoptr (GApplication) application = NULL;

  g_return_if_fail (LATCH_IS_WINDOW (window));

  application = g_object_ref (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))));
  g_application_hold (application);
  gtk_window_destroy (GTK_WINDOW (window));
  g_application_activate (application);
  g_application_release (application);
}
