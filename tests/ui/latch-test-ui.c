/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-test-ui.h"

#include <glib-unix.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Between fork and exec: the display does not outlive its test, however that ends */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_display (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *display = NULL;
  char number[16] = "";
  int fds[2];
  gsize length = 0;

  g_unix_open_pipe (fds, FD_CLOEXEC, &error);
  g_assert_no_error (error);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  g_subprocess_launcher_take_fd (launcher, fds[1], 3);
  process = g_subprocess_launcher_spawn (launcher, &error, "Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24",
                                         "-nolisten", "tcp", NULL);
  g_assert_no_error (error);
  g_clear_object (&launcher);

  /* It may come digit by digit, and ends with the line */
  while (!strchr (number, '\n'))
    {
      gssize n = read (fds[0], number + length, sizeof number - 1 - length);

      g_assert_cmpint (n, >, 0);
      length += n;
    }
  close (fds[0]);

  display = g_strdup_printf (":%s", g_strchomp (number));
  g_setenv ("DISPLAY", display, TRUE);
}

/* Starts a display and everything that the application would have set up for its widgets */
void
latch_test_ui_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  g_test_init (argc, argv, NULL);
  start_display ();
  gtk_init ();
  adw_init ();

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, APP_PATH "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), APP_PATH "/icons");
}

/* Shows @child in a window. Returns: (transfer none): the window, to be destroyed */
GtkWidget *
latch_test_present (GtkWidget *child)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 800, 700);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  latch_test_wait_until (gtk_widget_get_mapped (child));

  return window;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  static const char *const names[] = { "label", "title", "tooltip-text" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), names[i]);
      g_autofree char *value = NULL;

      if (!pspec || pspec->value_type != G_TYPE_STRING)
        continue;

      g_object_get (widget, names[i], &value, NULL);
      if (g_strcmp0 (value, text) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * latch_test_find:
 * @type: what kind of widget
 * @text: (nullable): its label, title or tooltip; %NULL for any
 *
 * Returns: (transfer none) (nullable): the first such widget below @root that can be seen
 */
GtkWidget *
latch_test_find (GtkWidget *root, GType type, const char *text)
{
  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (!text || says (root, text)))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = latch_test_find (child, type, text);

      if (found)
        return found;
    }

  return NULL;
}

/* Whether somebody who looks at @root reads @text */
gboolean
latch_test_shows (GtkWidget *root, const char *text)
{
  return latch_test_find (root, GTK_TYPE_LABEL, text) != NULL;
}
