/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_STATUS_LINE (latch_status_line_get_type ())

/* Tells the desktop how all doors are, for its list of programs without a window. */
G_DECLARE_FINAL_TYPE (LatchStatusLine, latch_status_line, LATCH, STATUS_LINE, GObject)

LatchStatusLine *latch_status_line_new (GtkApplication *application, GListModel *bridges, GListModel *locks);

G_END_DECLS
