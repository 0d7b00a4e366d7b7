/* SPDX-License-Identifier: GPL-3.0-or-later */

/* There is nothing else that asks a display for pixels */
#define GDK_DISABLE_DEPRECATION_WARNINGS

#include <X11/Xutil.h>
#include <dlfcn.h>
#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>
#include <stdio.h>

/*
 * To be preloaded into a program: tells on the descriptor NIGHTLATCH_FRAMES_FD when the first frame of its window is on
 * the screen, and when the first is there that shows as many widgets of one type as NIGHTLATCH_FRAMES_WANTED says, as in
 * "10 LatchLockRow". A line for each: what, and the time of the monotonic clock in microseconds.
 */

static FILE *listener;
static guint n_wanted;
static char wanted[64];
static gboolean first_is_told;

static guint
count_shown (GtkWidget *widget)
{
  guint n = g_str_equal (G_OBJECT_TYPE_NAME (widget), wanted) && gtk_widget_get_height (widget) > 0;

  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_mapped (widget))
    return 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_shown (child);

  return n;
}

/* The screen is black before. Whoever is answered has had everything before done */
static gboolean
is_on_screen (GtkWidget *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  XImage *image = XGetImage (GDK_SURFACE_XDISPLAY (surface), GDK_SURFACE_XID (surface), gdk_surface_get_width (surface) / 2,
                             gdk_surface_get_height (surface) / 2, 1, 1, AllPlanes, ZPixmap);
  gboolean painted = image && (XGetPixel (image, 0, 0) & 0xffffff) != 0;

  if (image)
    XDestroyImage (image);

  return painted;
}

static void
tell (const char *what)
{
  fprintf (listener, "%s %" G_GINT64_FORMAT "\n", what, g_get_monotonic_time ());
  fflush (listener);
}

static void
after_paint_cb (GdkFrameClock *clock, GtkWidget *window)
{
  if (!gtk_widget_get_mapped (window) || !is_on_screen (window))
    return;

  if (!first_is_told)
    tell ("first");
  first_is_told = TRUE;

  if (n_wanted > 0 && count_shown (window) < n_wanted)
    return;

  if (n_wanted > 0)
    tell ("wanted");
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, window);
}

G_MODULE_EXPORT void
gtk_window_present (GtkWindow *window)
{
  static void (*present) (GtkWindow *window);
  const char *descriptor = g_getenv ("NIGHTLATCH_FRAMES_FD");
  const char *text = g_getenv ("NIGHTLATCH_FRAMES_WANTED");

  if (!present)
    *(void **) &present = dlsym (RTLD_NEXT, "gtk_window_present");
  present (window);
  if (listener || !descriptor)
    return;

  if (text)
    sscanf (text, "%u %63s", &n_wanted, wanted);
  listener = fdopen (atoi (descriptor), "w");
  g_signal_connect_after (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (after_paint_cb), window);
}
