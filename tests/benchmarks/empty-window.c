/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib-unix.h>

/* What any application of this kind costs, however little it does: beside this we measure ours */

static void
activate_cb (GApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 980, 780);
  gtk_window_present (GTK_WINDOW (window));
}

static gboolean
quit_cb (gpointer application)
{
  g_application_quit (application);

  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("io.github.nightlatch.EmptyWindow", G_APPLICATION_DEFAULT_FLAGS);

  g_unix_signal_add (SIGTERM, quit_cb, application);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
