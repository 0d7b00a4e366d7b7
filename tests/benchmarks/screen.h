/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the display has of @widget, asked of the display itself: a number that changes with its pixels */
guint screen_read (GtkWidget *widget);

G_END_DECLS
