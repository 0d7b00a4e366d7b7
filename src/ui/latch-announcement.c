/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-announcement.h"

/**
 * latch_announce:
 * @widget: what it is about
 * @text: what to say
 * @priority: whether it may interrupt
 *
 * Has a screen reader say something. It comes from the window, because GTK drops what comes from a widget that assistive
 * technology has not looked at yet.
 */
void
latch_announce (GtkWidget *widget, const char *text, GtkAccessibleAnnouncementPriority priority)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root)
    gtk_accessible_announce (GTK_ACCESSIBLE (root), text, priority);
}
