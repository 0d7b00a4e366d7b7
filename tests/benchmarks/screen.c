/* SPDX-License-Identifier: GPL-3.0-or-later */

/* There is nothing else that asks a display for pixels */
#define GDK_DISABLE_DEPRECATION_WARNINGS

#include "screen.h"

#include <X11/Xutil.h>
#include <gdk/x11/gdkx.h>

guint
screen_read (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  Display *display = GDK_SURFACE_XDISPLAY (surface);
  graphene_rect_t bounds;
  double x, y;
  XImage *image = NULL;
  guint sum = 5381;

  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (native), &bounds))
    g_error ("What is to be looked at is not in the window");
  gtk_native_get_surface_transform (native, &x, &y);

  image = XGetImage (display, GDK_SURFACE_XID (surface), bounds.origin.x + x, bounds.origin.y + y, bounds.size.width,
                     bounds.size.height, AllPlanes, ZPixmap);
  if (image == NULL)
    g_error ("The display has no such pixels");
  for (int i = 0; i < image->bytes_per_line * image->height; i++)
    sum = sum * 33 + (guchar) image->data[i];
  XDestroyImage (image);

  return sum;
}
